package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SlowCommitsTests {

    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private final List<String> hints = new ArrayList<>();

    @Test
    void giveOneHintForEachGroup() {
        SlowCommits commits = new SlowCommits(Duration.ZERO, hints::add);
        commits.observe(at(0));
        commits.observe(at(1));
        commits.observe(at(0));
        commits.observe(at(1));

        assertThat(hints)
                .singleElement()
                .asString()
                .startsWith("Group shop committed what it had read only after 0 s, ")
                .endsWith("set auto.commit.interval.ms to 50 in tests.");
    }

    @Test
    void keepSilentOfGroupsThatCommitSoonOrNever() {
        SlowCommits soon = new SlowCommits(Duration.ofHours(1), hints::add);
        soon.observe(at(0));
        soon.observe(at(1));
        SlowCommits never = new SlowCommits(Duration.ZERO, hints::add);
        never.observe(at(0));
        never.observe(at(0));

        assertThat(hints).isEmpty();
    }

    private static GroupProgress.Progress at(long committed) {
        return new GroupProgress.Progress(
                Map.of("shop", Map.of(ORDERS, committed)),
                Map.of(ORDERS, 1L),
                committed < 1 ? Map.of("shop", Map.of(ORDERS, "")) : Map.of(),
                List.of());
    }
}
