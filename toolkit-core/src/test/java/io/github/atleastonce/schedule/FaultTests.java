package io.github.atleastonce.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultTests {

    /** Tokens are made of these words: a fault may be added, but none renamed. */
    @Test
    void keepTheirWords() {
        assertThat(Fault.values())
                .extracting(Fault::word)
                .containsExactlyInAnyOrder(
                        "duplicate",
                        "redelivery",
                        "reorder",
                        "delay",
                        "drop",
                        "concurrent",
                        "crash",
                        "pause",
                        "connection_lost",
                        "send_failed",
                        "send_uncertain",
                        "commit_failed",
                        "rebalance",
                        "broker_unavailable",
                        "poison",
                        "response_lost",
                        "response_error",
                        "response_slow",
                        "forged",
                        "stale",
                        "old_schema");
    }
}
