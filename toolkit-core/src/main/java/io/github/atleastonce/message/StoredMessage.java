package io.github.atleastonce.message;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A message at its position in the log of a channel.
 *
 * @param message what was sent
 * @param label the name of the message in every run; copies share it
 * @param partition the partition of the log
 * @param offset the position in the partition, from 0; from -1 downwards for what others than the run have put into a queue
 * @param sequence the position among all appends of the run, from 0
 * @param kind how it came to be there
 * @param olderForm what lies on a topic because a release before today's wrote it, bytes or an object that the serializer writes; null if the payload is there as it is written today
 */
@API(status = API.Status.INTERNAL)
public record StoredMessage(
        Message message,
        Label label,
        int partition,
        long offset,
        long sequence,
        Kind kind,
        @Nullable Object olderForm) {

    /** How a message came to be in the log. */
    public enum Kind {
        /** Sent by the test or by a service. */
        ORIGINAL,
        /** Appended once more by DUPLICATE. */
        COPY,
        /** Put there by POISON; its payload cannot be read. */
        POISON,
        /** Put into a dead letter channel. */
        DEAD_LETTER
    }

    /**
     * Takes a message that is there as it is written today.
     *
     * @param message what was sent
     * @param label the name of the message in every run
     * @param partition the partition of the log
     * @param offset the position in the partition, from 0
     * @param sequence the position among all appends of the run, from 0
     * @param kind how it came to be there
     */
    public StoredMessage(Message message, Label label, int partition, long offset, long sequence, Kind kind) {
        this(message, label, partition, offset, sequence, kind, null);
    }

    /**
     * Names the position, for example {@code orders-0@3}.
     *
     * @return channel, partition and offset
     */
    public String position() {
        return label.channel() + "-" + partition + "@" + offset;
    }

    /**
     * Returns the ordering key.
     *
     * @return the key, or null
     */
    public @Nullable String key() {
        return message.key();
    }
}
