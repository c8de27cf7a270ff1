package io.github.atleastonce.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Gives one hint for each group whose commits take long, as they do where consumers commit automatically: every five seconds, unless they are
 * told otherwise.
 */
final class SlowCommits {

    private final Duration patience;
    private final Consumer<String> hint;
    private final Set<String> told = new HashSet<>();
    private Map<String, Map<TopicPartition, Long>> committed = Map.of();
    private Set<String> behind = Set.of();
    private long since;

    SlowCommits(Duration patience, Consumer<String> hint) {
        this.patience = patience;
        this.hint = hint;
    }

    /** Takes note of how far the groups have come. */
    void observe(GroupProgress.Progress now) {
        if (now.committed().equals(committed) && now.partitionsBehind().keySet().equals(behind)) {
            return;
        }
        Duration waited = Duration.ofNanos(System.nanoTime() - since);
        if (waited.compareTo(patience) >= 0) {
            behind.stream()
                    .filter(group ->
                            !now.committed().getOrDefault(group, Map.of()).equals(committed.get(group)))
                    .filter(told::add)
                    .forEach(group -> hint.accept("Group " + group + " committed what it had read only after "
                            + waited.toSeconds()
                            + " s, and so long each run waits. If it commits automatically (enable.auto.commit, "
                            + "the default of Kafka's clients), set auto.commit.interval.ms to 50 in tests."));
        }
        committed = now.committed();
        behind = Set.copyOf(now.partitionsBehind().keySet());
        since = System.nanoTime();
    }
}
