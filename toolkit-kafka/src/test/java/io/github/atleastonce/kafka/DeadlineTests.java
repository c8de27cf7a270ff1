package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.atleastonce.run.DisturbedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlineTests {

    private static final Duration NONE = Duration.ZERO;
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void asksNobodyBeforeItsTime() {
        Deadline deadline = new Deadline(
                LONG,
                () -> {
                    throw new IllegalStateException("asked");
                },
                NONE);

        assertThat(deadline.isOver()).isFalse();
    }

    @Test
    void isOverForGroupsThatStayAsTheyAre() {
        assertThat(new Deadline(NONE, List::of, LONG).isOver()).isTrue();
    }

    @Test
    void waitsForGroupsThatChange() {
        Deque<List<String>> answers = new ArrayDeque<>(List.of(List.of("group g is rebalancing"), List.of()));
        Deadline deadline = new Deadline(NONE, answers::remove, LONG);

        assertThat(deadline.isOver()).isFalse();
        while (!deadline.isOver()) {
            Thread.onSpinWait();
        }
        assertThat(answers).isEmpty();
    }

    @Test
    void givesUpGroupsThatDoNotStopChanging() {
        Deadline deadline = new Deadline(NONE, () -> List.of("group g is rebalancing"), NONE);

        assertThatThrownBy(deadline::isOver)
                .isInstanceOf(DisturbedException.class)
                .hasMessage("Consumers kept joining and leaving: group g is rebalancing.");
    }
}
