package io.github.atleastonce.kafka;

import io.github.atleastonce.channel.ChannelLog;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Puts a key where an ordinary producer puts it; messages without a key go round the partitions, so that runs repeat. */
final class Partitioning {

    private Partitioning() {}

    static int partition(ChannelLog log, @Nullable String key, int number) {
        if (key != null) {
            return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % log.partitions();
        }
        int appended = 0;
        for (int partition = 0; partition < log.partitions(); partition++) {
            appended += log.partition(partition).size();
        }
        return appended % log.partitions();
    }
}
