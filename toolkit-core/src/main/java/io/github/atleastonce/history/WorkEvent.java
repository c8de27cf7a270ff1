package io.github.atleastonce.history;

import java.util.Optional;
import org.apiguardian.api.API;

/** Something that a service does in a run without a message: because the test wants it, or by itself. */
@API(status = API.Status.INTERNAL)
public sealed interface WorkEvent extends Event {

    /**
     * The test began an attempt.
     *
     * @param service in the life of which service
     * @param number which attempt of that service, from 1
     */
    record Attempting(String service, int number) implements WorkEvent {

        @Override
        public void tell(Narration story) {
            story.attempts(service, "attempt " + number + " in " + service);
        }
    }

    /**
     * An attempt ended.
     *
     * @param service in the life of which service
     * @param attempt how it ended
     */
    record Attempted(String service, Attempt attempt) implements WorkEvent {

        @Override
        public void tell(Narration story) {
            if (attempt.failure() != null) {
                story.fails(service, attempt.failure());
            }
            story.concludes(attempt.completed() ? null : attempt.result().name());
        }

        @Override
        public Optional<String> effect() {
            return Optional.of("an attempt in " + service + " was " + attempt.result());
        }
    }

    /**
     * A poller began a round in which it had something to do; what it did follows.
     *
     * @param service the service
     * @param poller the poller's name
     * @param found whether it said that it found work
     */
    record Polled(String service, String poller, boolean found) implements WorkEvent {

        @Override
        public void tell(Narration story) {
            story.polls(service, poller + " of " + service);
        }
    }

    /**
     * Something that a service did by itself, such as a poller's tick, failed after a fault; it is done again later.
     *
     * @param service the service
     * @param what what failed
     * @param failure what was thrown
     */
    record WorkFailed(String service, Titled what, Throwable failure) implements WorkEvent {

        @Override
        public void tell(Narration story) {
            story.fails(service, failure);
        }
    }

    /**
     * A step has to wait for what something else holds that happens at the same time, such as a lock in a database; the other goes on.
     *
     * @param service the service that waits
     */
    record Waiting(String service) implements WorkEvent {

        @Override
        public void tell(Narration story) {
            story.remarks(service, "waits for the other");
        }
    }

    /**
     * Something that had begun goes on, where several things happen at once; its steps follow.
     *
     * @param service the service that does it
     * @param what what goes on
     */
    record Resumed(String service, Titled what) implements WorkEvent {

        @Override
        public void tell(Narration story) {
            story.goesOn(service, what);
        }
    }

    /**
     * A life that had died went on trying, and each time was refused.
     *
     * @param service the service
     */
    record WentOn(String service) implements WorkEvent {

        @Override
        public void tell(Narration story) {
            story.remarks(service, "does not end, and is refused again and again");
        }
    }

    /**
     * A timer fired; what it did follows.
     *
     * @param service the service
     */
    record TimerFired(String service) implements WorkEvent {

        @Override
        public void tell(Narration story) {
            story.begins(service, "timer of " + service);
        }
    }
}
