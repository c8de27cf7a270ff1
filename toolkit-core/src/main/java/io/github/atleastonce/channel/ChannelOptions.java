package io.github.atleastonce.channel;

import io.github.atleastonce.run.UsageException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Says what a channel of the in-memory transport is like.
 *
 * @param partitions into how many partitions its keys are spread
 * @param ordering in what order a subscriber may see its messages
 * @param confirmation when a subscriber's position is confirmed
 * @param deadLetterChannel where messages go that were handled in vain too often; null if the run is to fail then
 * @param staleDuplicates whether a copy may arrive after a later message of its key
 */
@API(status = API.Status.EXPERIMENTAL)
public record ChannelOptions(
        int partitions,
        Ordering ordering,
        Confirmation confirmation,
        @Nullable String deadLetterChannel,
        boolean staleDuplicates) {

    private static final int MOST_PARTITIONS = 100_000;

    /** One partition in order, confirmed when quiet, no dead letter channel, stale duplicates possible. */
    public static final ChannelOptions DEFAULT =
            new ChannelOptions(1, Ordering.PARTITION, Confirmation.WHEN_QUIET, null, true);

    /**
     * Refuses a channel without a partition.
     *
     * @param partitions see above
     * @param ordering see above
     * @param confirmation see above
     * @param deadLetterChannel see above
     * @param staleDuplicates see above
     */
    public ChannelOptions {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new UsageException(
                    "A channel wants from 1 to " + MOST_PARTITIONS + " partitions, but got " + partitions + ".");
        }
    }

    /**
     * Returns the default options with a number of partitions; the first key goes to the first, the second to the second,
     * and so on in turn.
     *
     * @param number at least 1
     * @return new options
     */
    public static ChannelOptions partitions(int number) {
        return new ChannelOptions(
                number, DEFAULT.ordering, DEFAULT.confirmation, DEFAULT.deadLetterChannel, DEFAULT.staleDuplicates);
    }

    /**
     * Returns these options with another ordering.
     *
     * @param wanted the ordering
     * @return new options
     */
    public ChannelOptions ordering(Ordering wanted) {
        return new ChannelOptions(partitions, wanted, confirmation, deadLetterChannel, staleDuplicates);
    }

    /**
     * Returns these options with another moment of confirmation.
     *
     * @param wanted the confirmation
     * @return new options
     */
    public ChannelOptions confirmation(Confirmation wanted) {
        return new ChannelOptions(partitions, ordering, wanted, deadLetterChannel, staleDuplicates);
    }

    /**
     * Returns these options with a dead letter channel.
     *
     * @param channel the name of the channel for what cannot be handled
     * @return new options
     */
    public ChannelOptions deadLetter(String channel) {
        return new ChannelOptions(partitions, ordering, confirmation, channel, staleDuplicates);
    }

    /**
     * Returns these options for a channel whose sender is idempotent: no copy arrives after a later message of its key.
     *
     * @return new options
     */
    public ChannelOptions withoutStaleDuplicates() {
        return new ChannelOptions(partitions, ordering, confirmation, deadLetterChannel, false);
    }
}
