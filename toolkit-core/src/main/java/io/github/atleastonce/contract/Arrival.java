package io.github.atleastonce.contract;

import io.github.atleastonce.message.Message;
import java.time.Instant;

/** A message as a handler got it, which node of its group that was, and when by the clock of the run. */
record Arrival(String group, String node, Message message, Instant at) {

    String id() {
        return message.id();
    }
}
