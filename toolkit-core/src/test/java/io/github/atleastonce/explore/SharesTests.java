package io.github.atleastonce.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.schedule.Shard;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How much all shards have run is told no further than all of them have come. */
class SharesTests {

    private static final Effort.Searched FAILED = new Effort.Searched(3, 0, 0, 0, 0, 0);

    private static final Share FIRST = share(1, 2, List.of(0, 0, 0, 1, 0, 2, 0, 3, 0), 5, 7, 4);

    @Test
    void whatAllShardsHaveExhaustedIsCounted() {
        Share other = share(2, 2, List.of(), 6, 8, 9);

        assertThat(Shares.effort(FAILED, List.of(FIRST, other), true))
                .isEqualTo(new Effort.Searched(3, 1 + 5 + 6 + 7 + 8, 4 + 9 + 1, 200, 2, 0));
    }

    /** What a shard has run of those with two faults is not in a sentence about those with one. */
    @Test
    void aShardThatWasEndedBeforeLimitsWhatIsCounted() {
        Share ended = share(2, 1, List.of(), 6, 8, 0);

        assertThat(Shares.effort(FAILED, List.of(FIRST, ended), true))
                .isEqualTo(new Effort.Searched(3, 1 + 5 + 6, 4 + 1, 200, 1, 0));
    }

    @Test
    void theRunThatFailedCountsInEachShardThatHasOne() {
        Share failedToo = share(2, 2, List.of(0, 0, 0, 2, 0, 3, 0, 4, 0), 6, 8, 9);
        Share failedLater = share(3, 2, List.of(0, 0, 0, 0, 2, 0, 3, 0, 4, 0, 5, 0), 6, 8, 9);

        assertThat(Shares.effort(FAILED, List.of(FIRST, failedToo, failedLater), true))
                .isEqualTo(new Effort.Searched(3, 1 + 17 + 23, 4 + 9 + 9 + 2, 300, 2, 0));
    }

    @Test
    void nothingIsExhaustedWhereAShardIsMissing() {
        assertThat(Shares.effort(FAILED, List.of(FIRST), false)).isEqualTo(new Effort.Searched(3, 1, 4 + 1, 100, 0, 0));
    }

    private static Share share(int number, int exhausted, List<Integer> order, long one, long two, long three) {
        return new Share(
                new Shard(number, 3),
                20,
                "",
                List.of(
                        new Share.Level(1, 1),
                        new Share.Level(one, one),
                        new Share.Level(two, two),
                        new Share.Level(three, 100)),
                exhausted,
                false,
                3,
                false,
                List.of(),
                new Caveats.Seen(Set.of(), Set.of(), Set.of(), Set.of()),
                Set.of(),
                order);
    }
}
