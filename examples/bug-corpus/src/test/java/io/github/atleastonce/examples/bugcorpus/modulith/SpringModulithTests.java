package io.github.atleastonce.examples.bugcorpus.modulith;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.check.Outbox;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.jdbc.OutboxTable;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.modulith.events.core.EventPublicationRepository;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;

/** Spring Modulith's event publication registry, as it is: no loss and no phantom; and what its misuses look like. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class SpringModulithTests {

    private static final Map<String, Object> DEFAULTS = Map.of();
    private static final Map<String, Object> REPUBLISHING =
            Map.of("spring.modulith.events.republish-outstanding-events-on-restart", true);
    /** What stays unfinished for a minute is declared failed, and resubmitted. */
    private static final Map<String, Object> MONITORED = Map.of(
            "spring.modulith.events.staleness.published", "1m",
            "spring.modulith.events.staleness.processing", "1m",
            "spring.modulith.events.staleness.resubmitted", "1m");

    private static final Consumer<Orders> PLACE = orders -> orders.place("o-1");

    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private boolean pooled;
    private PostgreSql server;

    @BeforeAll
    void start() throws Exception {
        server = PostgreSql.start();
        new Database(server.pool()).update("CREATE TABLE orders (id TEXT PRIMARY KEY); " + schema());
    }

    @BeforeEach
    void onOneThread() {
        pooled = false;
    }

    @AfterAll
    void stop() throws Exception {
        pool.shutdownNow();
        server.close();
    }

    @Test
    void losesNothingWhenItDiesTwice() {
        ScenarioRunner runner = ScenarioRunner.of(Fault.CRASH, Fault.SEND_FAILED);

        assertThat(exhausted(explore(runner, Listeners.Registered.class, MONITORED, PLACE)))
                .isEqualTo(2);
    }

    @Test
    void losesNothingAndInventsNothingWhateverFailsOnce() {
        ScenarioRunner runner = ScenarioRunner.of(
                        Fault.CRASH, Fault.CONNECTION_LOST, Fault.SEND_FAILED, Fault.SEND_UNCERTAIN)
                .within(Bounds.DEFAULT.withMaxFaults(1));

        assertThat(exhausted(explore(runner, Listeners.Registered.class, MONITORED, orders -> {
                    orders.place("o-1");
                    orders.refuse("o-2");
                })))
                .isEqualTo(1);
    }

    /** The process may die between the commit and the listener, which is on a thread of its own. */
    @Test
    void losesNothingOnAPool() {
        pooled = true;
        ScenarioRunner runner = ScenarioRunner.of(Fault.CRASH, Fault.SEND_FAILED);

        assertThat(exhausted(explore(runner, Listeners.Registered.class, MONITORED, PLACE)))
                .isEqualTo(2);
    }

    @Test
    void nobodyResubmitsByDefaultWhatAPoolHasNotDone() {
        pooled = true;
        finds(Listeners.Registered.class, DEFAULTS, PLACE, "1:crash(orders#1/commit)", "lost events: [o-1]");
    }

    @Test
    void aPlainListenerSendsBeforeTheCommit() {
        finds(Listeners.AtOnce.class, MONITORED, PLACE, "1:crash(orders#1/send events)", "phantoms: [o-1]");
    }

    @Test
    void twoTransactionsLoseTheEvent() {
        finds(
                Listeners.Registered.class,
                MONITORED,
                orders -> orders.placeInTwo("o-1"),
                "1:crash(orders#1/commit)",
                "lost events: [o-1]");
    }

    @Test
    void nobodyResubmitsByDefault() {
        finds(Listeners.Registered.class, DEFAULTS, PLACE, "1:crash(orders#1/commit)", "lost events: [o-1]");
    }

    /** A restart republishes what waits, but not what a restart was republishing when the process died again. */
    @Test
    void republishingAtTheStartAloneLosesWhatDiesTwice() {
        finds(
                Listeners.Registered.class,
                REPUBLISHING,
                PLACE,
                "1:crash(orders#1/commit)+crash(orders.boot/commit)~3",
                "lost events: [o-1]");
    }

    @Test
    void thePresetTellsPendingFromSent() {
        OutboxTable table = OutboxTable.springModulith();
        Set<String> seen = new TreeSet<>();

        ScenarioRunner.of(Fault.CRASH).within(Bounds.DEFAULT.withMaxFaults(1)).explore(scenario -> {
            begin(scenario, Listeners.Registered.class, DEFAULTS, PLACE);
            scenario.settle();
            boolean arrived = !scenario.history().of(Event.Sent.class).toList().isEmpty();
            seen.add((orders().isEmpty() ? "not placed: " : arrived ? "arrived: " : "waiting: ")
                    + table.pending(server.pool()).size() + " pending, "
                    + table.sent(server.pool()).size() + " sent");
        });

        assertThat(seen)
                .containsExactly(
                        "arrived: 0 pending, 1 sent",
                        "arrived: 1 pending, 0 sent",
                        "not placed: 0 pending, 0 sent",
                        "waiting: 1 pending, 0 sent");
    }

    private void finds(
            Class<?> listener,
            Map<String, Object> properties,
            Consumer<Orders> action,
            String token,
            String complaint) {
        Outcome outcome = explore(ScenarioRunner.of(Fault.CRASH), listener, properties, action);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.token()).hasToString(token);
            assertThat(failed.cause()).hasMessageContaining(complaint);
        });
    }

    private static int exhausted(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        return ((Outcome.Passed) outcome).claim().exhausted();
    }

    private Outcome explore(
            ScenarioRunner runner, Class<?> listener, Map<String, Object> properties, Consumer<Orders> action) {
        return runner.explore(scenario -> {
            begin(scenario, listener, properties, action);
            assertThat(Outbox.of(scenario, "events")
                            .in(server.pool(), OutboxTable.springModulith())
                            .recoveredBy(() -> scenario.elapse(ShopConfiguration.CHECK.multipliedBy(2))))
                    .publishesEveryCommitted(this::orders, Order::id)
                    .publishesOnlyCommitted(this::orders, Order::id);
        });
    }

    private void begin(Scenario scenario, Class<?> listener, Map<String, Object> properties, Consumer<Orders> action) {
        scenario.reset(() -> new Database(server.pool()).update("DELETE FROM orders; DELETE FROM event_publication"));
        TaskExecutor executor = pooled ? new ConcurrentTaskExecutor(scenario.follow(pool)) : new SyncTaskExecutor();
        var orders = scenario.service("orders", life -> {
            var context = ShopConfiguration.start(life, server.pool(), listener, properties, executor);
            if (properties == MONITORED) {
                ShopConfiguration.resubmitEachMinute(life, context);
            }
            return context.getBean(Orders.class);
        });
        scenario.attempt(orders, action::accept);
    }

    private List<String> orders() {
        return new Database(server.pool()).strings("SELECT id FROM orders");
    }

    /** The table as the library itself creates it. */
    private static String schema() throws IOException {
        try (InputStream sql = EventPublicationRepository.class.getResourceAsStream(
                "/org/springframework/modulith/events/jdbc/schemas/v2/schema-postgresql.sql")) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
