package io.github.atleastonce.kafka;

import io.github.atleastonce.run.Run;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serializer;
import org.apiguardian.api.API;

/**
 * How the messages of a run are written as records: as the application under test writes its own, where a framework knows how. To be used by the
 * thread whose turn it is.
 *
 * @param keys writes the keys
 * @param values writes what is neither a tombstone nor unreadable, and adds the headers that belong to it
 */
@API(status = API.Status.INTERNAL)
public record RecordFormat(Serializer<String> keys, Serializer<Object> values) {

    /** Text as UTF-8, bytes as they are, all else as JSON without type headers. */
    public static final RecordFormat PLAIN = new RecordFormat(
            (topic, key) -> key.getBytes(StandardCharsets.UTF_8), (topic, payload) -> Payloads.write(payload));

    /**
     * Writes the messages of a run in this format. The first that is named for a run stays.
     *
     * @param run the run
     */
    public void use(Run run) {
        run.belonging(RecordFormat.class, any -> this);
    }

    static RecordFormat of(Run run) {
        return run.belonging(RecordFormat.class).orElse(PLAIN);
    }

    byte[] key(String topic, String key) {
        return keys.serialize(topic, key);
    }
}
