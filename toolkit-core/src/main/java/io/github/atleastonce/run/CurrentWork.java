package io.github.atleastonce.run;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.WorkEvent;
import io.github.atleastonce.task.Switches;
import io.github.atleastonce.task.Tasks;
import java.util.Optional;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/** What is being done now, and by which task. To be asked by the thread that runs. */
@API(status = API.Status.INTERNAL)
public final class CurrentWork {

    private final History history;
    private final Tasks<Work> tasks;
    private Work work = Work.BODY;

    CurrentWork(History history) {
        this.history = history;
        this.tasks = new Tasks<>(new Switching(), Work.BODY);
    }

    /** {@return why the service at work does what it does} */
    public Cause cause() {
        return work.cause();
    }

    /** {@return the life, or empty while the body of the test does something by itself} */
    public Optional<Lifetime> life() {
        return Optional.ofNullable(work.life());
    }

    /**
     * Returns the name under which a life acts now.
     *
     * @param life the life
     * @return the part of it that is at work, or its service's name
     */
    public String actor(Lifetime life) {
        String part = work.life() == life ? work.cause().actor() : null;
        return part == null ? life.service() : part;
    }

    /** {@return whether a service is at work, and not the body of the test alone} */
    public boolean isAService() {
        return work != Work.BODY;
    }

    /** {@return whether the calling thread is the one that moves this run now, which may take steps and make choices} */
    public boolean isHere() {
        return tasks.isRunningHere();
    }

    /**
     * Says whether what the calling thread does is part of the run, now or when its turn has come. Pools and applications have threads that
     * take no part: a crash cuts them off too, but their steps are not counted.
     *
     * @return whether steps are to be taken here
     */
    public boolean isFollowed() {
        tasks.awaitSwitch();
        return isHere();
    }

    /**
     * Refuses what is done on a thread that is not followed.
     *
     * @param who who does it
     * @param what gives what it wants to do, in words; asked only if it is refused
     * @throws UsageException if no schedule can decide when that comes
     */
    public void refuseElsewhere(Object who, Supplier<String> what) {
        if (!isFollowed()) {
            throw history.caveats()
                    .refuse(new UsageException("'" + who + "' came to \"" + what.get() + "\" on a thread of its own, '"
                            + Thread.currentThread().getName()
                            + "'. A run has only the test's thread, so that its schedules can be repeated, and no fault meets what another one "
                            + "does: use no thread pools in it, nor time-outs that move it to another thread, such as "
                            + "@Timeout(threadMode = SEPARATE_THREAD)."));
        }
    }

    boolean isOf(Lifetime life) {
        return work.life() == life;
    }

    /** {@return the present work} */
    public Work work() {
        return work;
    }

    Work enter(Lifetime life, Cause why) {
        Work outer = work;
        work = new Work(life, why);
        return outer;
    }

    /**
     * Goes back to a work that has not ended.
     *
     * @param outer the work
     */
    public void resume(Work outer) {
        work = outer;
    }

    /** {@return the tasks, of which one runs} */
    public Tasks<Work> tasks() {
        return tasks;
    }

    /** The body of the test is told of by what it does itself. */
    private final class Switching implements Switches<Work> {

        @Override
        public Work work() {
            return work;
        }

        @Override
        public void switchedTo(Work next) {
            work = next;
        }

        @Override
        public void blocked(Work waiting) {
            if (waiting.life() != null) {
                history.add(new WorkEvent.Waiting(waiting.life().service()));
            }
        }

        @Override
        public void resumed(Work next) {
            if (next.life() != null) {
                history.add(new WorkEvent.Resumed(next.life().service(), next.cause()));
            }
        }
    }
}
