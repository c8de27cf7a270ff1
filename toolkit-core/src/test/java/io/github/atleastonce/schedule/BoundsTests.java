package io.github.atleastonce.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void mayBeAsSmallAsThis() {
        assertThat(new Bounds(0, 1, Duration.ofNanos(1), Duration.ofNanos(1), 1, 1, 1, 1, Duration.ofNanos(1), false))
                .extracting(Bounds::maxFaults, Bounds::maxRuns)
                .containsExactly(0, 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "-1; 1; 1; 1; 1; 1; maxFaults must be at least 0, but was -1",
                "0; 0; 1; 1; 1; 1; maxRuns must be at least 1, but was 0",
                "0; 1; 0; 1; 1; 1; maxDeliveries must be at least 1, but was 0",
                "0; 1; 1; 0; 1; 1; duplicateHorizon must be at least 1, but was 0",
                "0; 1; 1; 1; 0; 1; rewind must be at least 1, but was 0",
                "0; 1; 1; 1; 1; -7; maxAttempts must be at least 1, but was -7",
            })
    void refuseNumbersThatPermitNothing(
            int faults, int runs, int deliveries, int horizon, int rewind, int attempts, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Bounds(faults, runs, SECOND, SECOND, deliveries, horizon, rewind, attempts, SECOND, false))
                .withMessage("The bound " + sentence + ".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PT0S; PT1S; PT1S; timeout must be longer than nothing, but was PT0S",
                "PT1S; PT-3S; PT1S; settleTimeout must be longer than nothing, but was PT-3S",
                "PT1S; PT1S; PT0S; delay must be longer than nothing, but was PT0S",
            })
    void refuseTimesThatPermitNothing(Duration timeout, Duration settle, Duration delay, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bounds(0, 1, timeout, settle, 1, 1, 1, 1, delay, false))
                .withMessage("The bound " + sentence + ".");
    }

    @Test
    void changeOneAtATime() {
        Bounds bounds = new Bounds(
                1, 2, Duration.ofSeconds(3), Duration.ofSeconds(4), 5, 6, 7, 8, Duration.ofSeconds(9), false);
        assertThat(bounds.withMaxFaults(10).withMaxFaults(1)).isEqualTo(bounds);
        assertThat(bounds.withMaxFaults(10).maxFaults()).isEqualTo(10);
        assertThat(bounds.withMaxRuns(10).withMaxRuns(2)).isEqualTo(bounds);
        assertThat(bounds.withMaxRuns(10).maxRuns()).isEqualTo(10);
        assertThat(bounds.withTimeout(SECOND).withTimeout(Duration.ofSeconds(3)))
                .isEqualTo(bounds);
        assertThat(bounds.withTimeout(SECOND).timeout()).isEqualTo(SECOND);
        assertThat(bounds.withSettleTimeout(SECOND).withSettleTimeout(Duration.ofSeconds(4)))
                .isEqualTo(bounds);
        assertThat(bounds.withSettleTimeout(SECOND).settleTimeout()).isEqualTo(SECOND);
        assertThat(bounds.withRewind(10).withRewind(7)).isEqualTo(bounds);
        assertThat(bounds.withRewind(10).rewind()).isEqualTo(10);
        assertThat(bounds.withEveryInterleaving())
                .isEqualTo(new Bounds(
                        1, 2, Duration.ofSeconds(3), Duration.ofSeconds(4), 5, 6, 7, 8, Duration.ofSeconds(9), true));
    }

    @Test
    void countTurnsAmongTheFaultsUnlessEachInterleavingIsWanted() {
        assertThat(Bounds.DEFAULT.withMaxFaults(3).maxDeviations()).isEqualTo(3);
        assertThat(Bounds.DEFAULT.withMaxFaults(3).withEveryInterleaving().maxDeviations())
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(Bounds.DEFAULT.withMaxFaults(0).withEveryInterleaving().maxDeviations())
                .isZero();
    }
}
