package io.github.atleastonce.evolution;

import io.github.atleastonce.channel.OlderForms;
import io.github.atleastonce.message.Message;
import java.util.List;

/** The versions of one kind of event in which a message may be written. */
interface Forms {

    /** Says whether a payload is such an event. */
    boolean isOf(Object payload);

    /** Names the versions before today's in which a payload can be written, the oldest first. */
    List<Integer> versions(Object payload);

    /**
     * Writes a payload in a version.
     *
     * @param message a message that holds the event of today
     * @param version one of those that were named
     * @param asBytes whether it goes to a channel that carries bytes
     * @return what is sent instead
     * @throws Exception if today's consumer does not read it
     */
    OlderForms.Written written(Message message, int version, boolean asBytes) throws Exception;

    /** Puts another payload into a message. */
    static OlderForms.Written with(Object payload, Message message) {
        return new OlderForms.Written(
                new Message(message.id(), message.key(), message.type(), message.headers(), payload), null);
    }
}
