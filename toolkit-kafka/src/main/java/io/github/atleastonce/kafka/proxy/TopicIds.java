package io.github.atleastonce.kafka.proxy;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The names of topics by their ids, learned from what clients are told about the cluster. */
final class TopicIds implements Inspection {

    private final Map<UUID, String> names = new ConcurrentHashMap<>();

    @Override
    public void answered(Exchange exchange, Line line) {
        Struct answer = exchange.response();
        if (answer == null) {
            return;
        }
        for (Struct topic : answer.structs("topics")) {
            String name = topic.textOf("name");
            if (topic.has("topicId") && !name.isEmpty()) {
                names.put(topic.id("topicId"), name);
            }
        }
    }

    /** Returns the name of the topic that a structure is about, empty if nobody has told it yet. */
    String nameOf(Struct struct, String field) {
        if (struct.has(field)) {
            return struct.textOf(field);
        }
        return names.getOrDefault(struct.id("topicId"), "");
    }
}
