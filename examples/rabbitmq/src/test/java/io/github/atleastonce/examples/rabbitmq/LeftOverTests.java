package io.github.atleastonce.examples.rabbitmq;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.queue.Envelope;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a failed run has left on the server is handled by nobody, though its listeners go on. */
@Timeout(120)
class LeftOverTests {

    private static final long MILLISECOND = 1_000_000;

    @TempDir
    Path kept;

    private final JdbcTemplate jdbc = new JdbcTemplate(PostgreSql.shared().bare());

    static class FailingTestCase extends CreditTests {

        @FaultTest(faults = CRASH, maxFaults = 1)
        void failsAfterTheFirst(Scenario scenario) {
            scenario.always(() -> assertThat(credit()).isEqualTo(100));
            scenario.channel("orders").send("o-1", "o-1:c-1:30");
            scenario.channel("orders").send("o-2", "o-2:c-1:20");
            scenario.channel("orders").send("o-3", "o-3:c-1:10");

            scenario.settle();
        }
    }

    /** The last comes after all that was there before. */
    @Test
    void nobodyHandlesWhatAFailedRunHasSent() {
        assertThat(Told.failuresOf(kept, FailingTestCase.class, "failsAfterTheFirst"))
                .isNotEmpty();

        OnRabbit.queues().put("orders", new Envelope(Map.of(), "o-9:c-1:1"));
        while (!reservations().contains("o-9")) {
            LockSupport.parkNanos(MILLISECOND);
        }

        assertThat(reservations()).containsExactly("o-1", "o-9");
    }

    private List<String> reservations() {
        return jdbc.queryForList("SELECT order_id FROM reservation ORDER BY order_id", String.class);
    }
}
