package io.github.atleastonce.hosted;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Narration;
import io.github.atleastonce.history.Titled;
import java.util.Optional;

/** What happens to work that was handed over to an executor. */
sealed interface AsyncEvent extends Event {

    /** A thread of the executor began with it; what it did follows. */
    record Begun(String actor, Titled work) implements AsyncEvent {

        @Override
        public void tell(Narration story) {
            story.begins(actor, work.title());
        }

        @Override
        public Optional<String> effect() {
            return Optional.of(work.title() + " began");
        }
    }

    /** It failed, which only its executor and whoever waits for it gets to know. */
    record Failed(String actor, Throwable failure) implements AsyncEvent {

        @Override
        public void tell(Narration story) {
            story.fails(actor, failure);
        }
    }
}
