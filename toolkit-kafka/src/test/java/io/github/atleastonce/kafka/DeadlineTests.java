package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.atleastonce.explore.DisturbedException;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlineTests {

    private static final Duration SHORT = Duration.ofNanos(1);
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void asksNobodyBeforeItsTime() {
        Deadline deadline = new Deadline(within(LONG, SHORT), () -> {
            throw new IllegalStateException("asked");
        });

        assertThat(deadline.isOver()).isFalse();
    }

    @Test
    void isOverForGroupsThatStayAsTheyAre() {
        Deadline deadline = new Deadline(within(SHORT, LONG), List::of);

        assertThat(deadline.isOver()).isTrue();
        assertThat(deadline).hasToString("settleTimeout = PT0.000000001S");
    }

    @Test
    void waitsForGroupsThatChange() {
        Deque<List<String>> answers = new ArrayDeque<>(List.of(List.of("group g is rebalancing"), List.of()));
        Deadline deadline = new Deadline(within(SHORT, LONG), answers::remove);

        assertThat(deadline.isOver()).isFalse();
        while (!deadline.isOver()) {
            Thread.onSpinWait();
        }
        assertThat(answers).isEmpty();
        assertThat(deadline)
                .hasToString("settleTimeout = PT0.000000001S, nor in 1 s more, since group g is rebalancing "
                        + "(rebalanceTimeout = PT1H)");
    }

    @Test
    void givesUpGroupsThatDoNotStopChanging() {
        Deadline deadline = new Deadline(within(SHORT, SHORT), () -> List.of("group g is rebalancing"));

        assertThatThrownBy(deadline::isOver)
                .isInstanceOf(DisturbedException.class)
                .hasMessage(
                        "Consumers kept joining and leaving for rebalanceTimeout = PT0.000000001S: group g is rebalancing.");
    }

    private static Bounds within(Duration settling, Duration rebalancing) {
        return Bounds.DEFAULT.withSettleTimeout(settling).withRebalanceTimeout(rebalancing);
    }
}
