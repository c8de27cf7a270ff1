package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Narration;
import io.github.atleastonce.message.StoredMessage;
import java.util.Optional;

/**
 * A listener has failed with a record, and its group has gone on: an error handler has put the record aside.
 *
 * @param group the consumer group
 * @param message the record
 * @param kept whether something was done with it instead, such as sending it to a dead letter topic; if not, it is lost
 */
record PutAside(String group, StoredMessage message, boolean kept) implements Event {

    @Override
    public void tell(Narration story) {
        story.notes(
                group + (kept ? " put aside " : " gave up ") + message.message().title());
    }

    @Override
    public Optional<String> effect() {
        return Optional.of(group + (kept ? " put aside " : " gave up ") + message.label());
    }

    @Override
    public Optional<String> handledChannel() {
        return kept ? Optional.of(message.label().channel()) : Optional.empty();
    }
}
