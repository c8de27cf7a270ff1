package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.kafka.GroupProgress.Progress;
import io.github.atleastonce.kafka.proxy.Commit;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The proxy tells who lacks something; that nobody does, or what it cannot see, the broker is asked for. */
class WireProgressTests {

    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final TopicPartition PAYMENTS = new TopicPartition("payments", 0);

    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Set<String> behindProxy = new HashSet<>(Set.of("shop", "bank"));
    private boolean onlyMarkers;
    private long now;

    private final WireProgress told = new WireProgress(
            partition -> ends.getOrDefault(partition, 0L),
            (partition, offset) -> !onlyMarkers || ends.getOrDefault(partition, 0L) > offset,
            behindProxy::contains,
            () -> now);

    @Test
    void whoHasNotCommittedWhatWasAppendedLacksIt() {
        told.begin(Map.of("shop", Map.of(ORDERS, 5L)), Map.of(ORDERS, 5L));
        assertThat(present()).isNull();

        ends.put(ORDERS, 7L);
        told.committed(commit("shop", ORDERS, 6, false));

        assertThat(present()).satisfies(progress -> {
            assertThat(progress.partitionsBehind()).isEqualTo(Map.of("shop", Set.of("orders-0")));
            assertThat(progress.committed()).isEqualTo(Map.of("shop", Map.of(ORDERS, 6L)));
            assertThat(progress.ends()).isEqualTo(Map.of(ORDERS, 7L));
        });
    }

    @Test
    void whatTheBrokerHasSaidIsNotForgotten() {
        told.answered(lacking(5, 8));
        ends.put(ORDERS, 7L);

        assertThat(present()).satisfies(progress -> assertThat(progress.ends()).containsEntry(ORDERS, 8L));
    }

    /** A topic may come to be known in the middle of a run. */
    @Test
    void whatGroupsHadCommittedIsKnownWhenAnotherWaitBegins() {
        told.answered(lacking(5, 5));

        told.begin(Map.of("shop", Map.of(ORDERS, 0L, PAYMENTS, 0L)), Map.of(ORDERS, 5L, PAYMENTS, 1L));

        assertThat(present())
                .satisfies(progress ->
                        assertThat(progress.partitionsBehind()).isEqualTo(Map.of("shop", Set.of("payments-0"))));
    }

    @Test
    void thatNobodyLacksAnythingIsForTheBrokerToSay() {
        told.begin(Map.of("shop", Map.of(ORDERS, 5L)), Map.of(ORDERS, 6L));
        assertThat(present()).isNotNull();

        told.committed(commit("shop", ORDERS, 6, false));

        assertThat(present()).isNull();
    }

    /** Each has a partition of its own, and what one of them has committed says nothing of the other. */
    @Test
    void aCommitIsOfOneGroupAndPartition() {
        told.begin(Map.of("shop", Map.of(ORDERS, 0L), "bank", Map.of(PAYMENTS, 0L)), Map.of(ORDERS, 1L, PAYMENTS, 1L));

        told.committed(commit("shop", ORDERS, 1, false));
        told.committed(commit("shop", PAYMENTS, 1, false));

        assertThat(present())
                .satisfies(progress ->
                        assertThat(progress.partitionsBehind()).isEqualTo(Map.of("bank", Set.of("payments-0"))));
    }

    @Test
    void whoGoesBackLacksThatAgain() {
        told.begin(Map.of("shop", Map.of(ORDERS, 0L)), Map.of(ORDERS, 1L));
        told.committed(commit("shop", ORDERS, 1, false));
        told.committed(commit("shop", ORDERS, 0, false));

        assertThat(present()).isNotNull();
    }

    /** When the transaction ends, and whether it is taken back, the offsets do not tell. */
    @Test
    void whatIsCommittedInATransactionIsAskedForUntilItHasTakenEffect() {
        told.begin(Map.of("shop", Map.of(ORDERS, 0L)), Map.of(ORDERS, 2L));
        told.committed(commit("shop", ORDERS, 1, true));
        assertThat(present()).isNull();

        told.answered(lacking(0, 2));
        assertThat(present()).isNull();

        told.answered(lacking(1, 2));
        assertThat(present()).isNotNull();
    }

    @Test
    void whoDoesNotComeByTheProxyIsAskedFor() {
        told.answered(lacking(0, 1));
        assertThat(present()).isNotNull();

        behindProxy.remove("shop");

        assertThat(present()).isNull();
    }

    @Test
    void nothingIsBelievedForLong() {
        told.answered(lacking(0, 1));
        now += Duration.ofMillis(30).toNanos();
        assertThat(present()).isNull();

        told.answered(lacking(0, 1));
        assertThat(present()).isNotNull();
    }

    @Test
    void whatWasToldBeforeTheBrokerIsAskedCountsNoMore() {
        told.answered(lacking(0, 1));
        told.committed(commit("shop", ORDERS, 1, false));

        told.ask();
        assertThat(present()).isNull();
        told.answered(lacking(0, 1));

        assertThat(present()).isNotNull();
    }

    @Test
    void whatEndsATransactionIsLackedByNobody() {
        onlyMarkers = true;
        ends.put(ORDERS, 1L);
        told.answered(lacking(1, 2));
        assertThat(told.onlyMarkersAreLeft()).isTrue();
        assertThat(present()).isNull();

        told.answered(lacking(0, 2));
        assertThat(told.onlyMarkersAreLeft()).isFalse();
        assertThat(present()).isNotNull();
    }

    /** All that is lacking is held back: whether all else is quiet, the broker is asked. */
    @Test
    void whatIsHeldBackIsLackedByNobodyForTheTimeBeing() {
        told.answered(lacking(0, 1));

        assertThat(told.present(progress -> progress.without(turn -> true))).isNull();
    }

    private @Nullable Progress present() {
        return told.present(progress -> progress);
    }

    private static Progress lacking(long committed, long end) {
        return new Progress(
                Map.of("shop", Map.of(ORDERS, committed)),
                Map.of(ORDERS, end),
                Map.of("shop", Map.of(ORDERS, "")),
                List.of(""));
    }

    private static Commit commit(String group, TopicPartition partition, long offset, boolean transactional) {
        return new Commit("clients", group, "m-1", Map.of(partition, offset), transactional);
    }
}
