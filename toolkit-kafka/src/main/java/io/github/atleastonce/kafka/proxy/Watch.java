package io.github.atleastonce.kafka.proxy;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apiguardian.api.API;

/**
 * Looks at what passes a {@link FaultProxy}, and decides what happens with it. Called on the threads of connections, several at once; a call
 * may block, and then the requests behind it wait. What it does not decide passes.
 */
@API(status = API.Status.INTERNAL)
public interface Watch {

    /** What {@link #givesBefore} says of a consumer that is given nothing. */
    long NOTHING = -1;

    /** What {@link #givesBefore} says of a consumer that is given nothing of what it has fetched, and may be given what it fetches now. */
    long FETCH_AGAIN = -2;

    /**
     * Decides about records that are to be appended.
     *
     * @param batches what one request appends
     * @return what happens
     */
    default AppendVerdict appending(List<Append> batches) {
        return new AppendVerdict(Verdict.PASS, batches.get(0));
    }

    /**
     * Takes note that a copy of records was appended, which nobody else knows of.
     *
     * @param partition where
     * @param end the offset after it
     */
    default void copied(TopicPartition partition, long end) {}

    /**
     * Takes note that records were appended; the client has not been told yet.
     *
     * @param batch what was appended
     * @param offset where the first of the records is
     * @return false if the client is gone meanwhile
     */
    default boolean appended(Append batch, long offset) {
        return true;
    }

    /**
     * Decides about offsets that are to be committed.
     *
     * @param commit who commits what
     * @return what happens
     */
    default Verdict committing(Commit commit) {
        return Verdict.PASS;
    }

    /**
     * Takes note that the broker has answered a commit; the client has not been told yet.
     *
     * @param commit what was asked for
     * @param done whether all of it was done
     * @return false if the client is gone meanwhile
     */
    default boolean committed(Commit commit, boolean done) {
        return true;
    }

    /**
     * Says how much a consumer may be given of what it has fetched. If that is nothing, it finds the partition empty, and fetches again.
     *
     * @param group the group that the consumer is a member of
     * @param partition the partition
     * @param end where the partition ended when the broker answered
     * @return the offset before which it gets the records
     */
    default long givesBefore(String group, TopicPartition partition, long end) {
        return Long.MAX_VALUE;
    }

    /**
     * Decides about records that a member is about to be given.
     *
     * @param door by which entrance it came
     * @param group its group
     * @param partition where they are from
     * @return what happens: nothing, the member leaves its group once it has them in hand, or its connection is cut
     */
    default Verdict delivering(String door, String group, TopicPartition partition) {
        return Verdict.PASS;
    }

    /**
     * Takes note that a client has fetched records that is a member of no group, so that nobody knows when it is done with them.
     *
     * @param client the id that it gives itself, empty if none
     * @param partition where they are from
     */
    default void readAlone(String client, TopicPartition partition) {}

    /**
     * Counts what has happened after which {@link #givesBefore} may have another answer.
     *
     * @return a number, which is another one afterwards
     */
    default long changes() {
        return 0;
    }

    /**
     * Waits until {@link #givesBefore} may have another answer, for some milliseconds at the most.
     *
     * @param seen what {@link #changes} said before it was asked
     */
    default void awaitChange(long seen) {}
}
