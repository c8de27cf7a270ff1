package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Narration;
import io.github.atleastonce.message.StoredMessage;
import java.util.Optional;

/**
 * A listener has failed with a record, and its group has gone on: an error handler has put the record aside, by a dead letter topic for example.
 *
 * @param group the consumer group
 * @param message the record
 */
record PutAside(String group, StoredMessage message) implements Event {

    @Override
    public void tell(Narration story) {
        story.notes(group + " put aside " + message.message().title());
    }

    @Override
    public Optional<String> effect() {
        return Optional.of(group + " put aside " + message.label());
    }

    @Override
    public Optional<String> handledChannel() {
        return Optional.of(message.label().channel());
    }
}
