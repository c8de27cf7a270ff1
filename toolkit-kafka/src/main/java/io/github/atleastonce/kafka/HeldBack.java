package io.github.atleastonce.kafka;

import io.github.atleastonce.run.Run;
import java.util.function.ToLongBiFunction;
import org.apache.kafka.common.TopicPartition;
import org.apiguardian.api.API;

/** From where on the proxy holds records back from listeners of the application, so that nobody waits for these. Safe for use by several threads. */
@API(status = API.Status.INTERNAL)
public final class HeldBack {

    private volatile ToLongBiFunction<String, TopicPartition> limit = (group, partition) -> Long.MAX_VALUE;

    private HeldBack() {}

    /**
     * Returns the offset from which on a group is given nothing of a partition at present.
     *
     * @param run the run
     * @param group the group
     * @param partition the partition
     * @return the offset, {@link Long#MAX_VALUE} if nothing is held back
     */
    public static long from(Run run, String group, TopicPartition partition) {
        return of(run).limit.applyAsLong(group, partition);
    }

    static void by(Run run, ToLongBiFunction<String, TopicPartition> limit) {
        of(run).limit = limit;
    }

    private static HeldBack of(Run run) {
        return run.belonging(HeldBack.class, any -> new HeldBack());
    }
}
