package io.github.atleastonce.channel;

import io.github.atleastonce.message.Message;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Knows how earlier releases have written the messages of a run: what OLD_SCHEMA asks. An extension point for a room that knows the versions of
 * events; it belongs to a run.
 */
@API(status = API.Status.INTERNAL)
public interface OlderForms {

    /**
     * Names the versions in which an earlier release may have written a message.
     *
     * @param channel the channel that it is sent to
     * @param message the message as it is written today
     * @return the versions, the oldest first; empty if there is none
     */
    List<Integer> versions(String channel, Message message);

    /**
     * Writes a message as an earlier release did.
     *
     * @param channel the channel that it is sent to
     * @param message the message as it is written today
     * @param version one of its versions
     * @param asBytes whether the channel carries bytes; else an object becomes what today's consumer reads of the older form
     * @return the message, in which only the payload is another one; or the message of today, with what stands for its object
     */
    Written written(String channel, Message message, int version, boolean asBytes);

    /**
     * Says whether an older form of a message is bytes that stand for its object, on a channel that carries bytes; else it is another payload, or an
     * object that the serializer of the channel writes.
     *
     * @param channel the channel's name
     * @param message the message as it is written today
     * @return whether {@link Written#form()} are bytes
     */
    boolean areBytes(String channel, Message message);

    /**
     * A message as it is sent. Who reads its payload needs not know of the other form.
     *
     * @param message the message
     * @param form the form in which its object goes to a topic, with the headers of today: bytes, or an object of another class that a serializer writes; null
     *     if that is today's
     */
    record Written(Message message, @Nullable Object form) {}
}
