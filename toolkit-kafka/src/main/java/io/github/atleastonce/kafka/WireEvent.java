package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Narration;
import io.github.atleastonce.message.StoredMessage;

/**
 * A consumer group behind the proxy was given records.
 *
 * @param group the group
 * @param first the first of them
 */
record WireEvent(String group, StoredMessage first) implements Event {

    @Override
    public void tell(Narration story) {
        story.reaches(group, first);
    }
}
