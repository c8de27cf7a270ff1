package io.github.atleastonce.queue;

import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.Tombstone;
import io.github.atleastonce.run.UsageException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A message as it travels: a text with named properties, which every server has. The names are identifiers of Java, as JMS wants them.
 *
 * @param properties the headers, and what the message is beside its content
 * @param body the content, or null for a tombstone
 */
@API(status = API.Status.EXPERIMENTAL)
public record Envelope(
        Map<String, String> properties, @Nullable String body) {

    private static final String ID = "atleastonce_id";
    private static final String KEY = "atleastonce_key";
    private static final String TYPE = "atleastonce_type";

    /**
     * Puts a message into an envelope.
     *
     * @param message the message
     * @return the envelope
     * @throws UsageException if its payload is no text
     */
    static Envelope of(Message message) {
        Map<String, String> properties = new LinkedHashMap<>(message.headers().asMap());
        properties.put(ID, message.id());
        properties.put(TYPE, message.type());
        if (message.key() != null) {
            properties.put(KEY, message.key());
        }
        if (message.isTombstone()) {
            return new Envelope(properties, null);
        }
        if (message.payload() instanceof String body) {
            return new Envelope(properties, body);
        }
        throw new UsageException(
                "A queue carries texts: send the text that the consumer reads, such as its JSON, and not "
                        + message.payload().getClass().getName() + ".");
    }

    /**
     * Tells the message's id, by which a server knows that it was sent before.
     *
     * @return the id, or empty if whoever has put the message was no part of a run
     */
    public Optional<String> id() {
        return Optional.ofNullable(properties.get(ID));
    }

    /**
     * Takes the message out again.
     *
     * @param identity its id, if whoever has put it was no part of the run
     * @return the message
     */
    Message message(String identity) {
        Map<String, String> headers = new LinkedHashMap<>(properties);
        String id = headers.remove(ID);
        String type = headers.remove(TYPE);
        String key = headers.remove(KEY);
        return new Message(
                id == null ? identity : id,
                key,
                type == null ? "Message" : type,
                Headers.of(headers),
                body == null ? Tombstone.INSTANCE : body);
    }
}
