package io.github.atleastonce.kafka;

import io.github.atleastonce.channel.ChannelLog;
import io.github.atleastonce.run.Run;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Puts a key where an ordinary producer puts it; messages without a key go round the partitions, so that runs repeat. */
final class Partitioning {

    private final Run run;

    Partitioning(Run run) {
        this.run = run;
    }

    int partition(ChannelLog log, @Nullable String key, int number) {
        if (key != null) {
            return Utils.toPositive(Utils.murmur2(RecordFormat.of(run).key(log.name(), key))) % log.partitions();
        }
        int appended = 0;
        for (int partition = 0; partition < log.partitions(); partition++) {
            appended += log.partition(partition).size();
        }
        return appended % log.partitions();
    }
}
