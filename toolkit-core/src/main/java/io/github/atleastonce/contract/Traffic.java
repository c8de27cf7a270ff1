package io.github.atleastonce.contract;

import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import java.util.List;

/** What the clauses send, and who reads it. */
final class Traffic {

    static final String READER = "reader";

    /** Five messages of three keys, so that a transport with partitions has something to reorder. */
    static final List<Message> MESSAGES = List.of(
            message("m-1", "ant"),
            message("m-2", "bee"),
            message("m-3", "ant"),
            message("m-4", "cat"),
            message("m-5", "bee"));

    private Traffic() {}

    static List<String> ids(List<Message> messages) {
        return messages.stream().map(Message::id).toList();
    }

    private static Message message(String id, String key) {
        return new Message(id, key, "Order", Headers.none(), "order " + id);
    }
}
