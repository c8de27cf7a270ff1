package io.github.atleastonce.task;

import org.apiguardian.api.API;

/** What a piece of I/O may have to wait for: something that somebody else at work holds, such as a lock in a database. */
@API(status = API.Status.INTERNAL)
public interface Contention {

    /** What nobody at work holds. */
    Contention NONE = new Contention() {

        @Override
        public boolean isBlocked() {
            return false;
        }

        @Override
        public void comesLast() {
            // There is nothing to wait for.
        }
    };

    /**
     * Says whether the I/O waits at this moment. Called on another thread than the one that does the I/O.
     *
     * @return whether somebody else holds what it wants
     */
    boolean isBlocked();

    /**
     * Takes note that others at work wait already: if the I/O that comes next has to wait, too, this may be a deadlock, and the last to
     * wait is to find it. Called on the thread that does the I/O, before it.
     */
    void comesLast();
}
