package io.github.atleastonce.journey;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The way that messages take: found out from what happened, drawn, and compared with what is drawn in a file. */
class JourneysTests {

    record Placed(String order) {}

    record Cancelled(String order) {}

    record Reserved(String order) {}

    record Refused(String order) {}

    record Shipped(String order) {}

    private static final String ACCEPT = "atleastonce.journey.accept";

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("journeys/orders.mmd");
    }

    private static Outcome explore(ScenarioRunner.Body body, Fault... faults) {
        return ScenarioRunner.of(faults[0], faults)
                .within(Bounds.DEFAULT.withMaxFaults(1))
                .explore(body);
    }

    /** A cancellation that is late finds the order reserved; with one that comes in time it is not. */
    private ScenarioRunner.Body orders(boolean ships) {
        return scenario -> {
            Set<String> gone = new HashSet<>();
            scenario.service("shop", life -> {
                life.subscribe("orders", Placed.class, it -> life.send("stock", it.order(), it));
                life.subscribe("orders", Cancelled.class, it -> gone.add(it.order()));
                return new Object();
            });
            scenario.service("stock", life -> {
                life.subscribe("stock", Placed.class, it -> {
                    if (gone.contains(it.order())) {
                        life.send("answers", it.order(), new Refused(it.order()));
                    } else {
                        life.send("answers", it.order(), new Reserved(it.order()));
                    }
                });
                return new Object();
            });
            scenario.service("shipping", life -> {
                life.subscribe("answers", Object.class, it -> {
                    if (ships) {
                        life.send("parcels", "p", new Shipped("o-1"));
                    }
                });
                return new Object();
            });
            scenario.channel("orders").send("o-1", new Placed("o-1"));
            scenario.channel("orders").send("o-1", new Cancelled("o-1"));
            assertThat(Journeys.of(scenario)).areAsIn(file().toString());
        };
    }

    private void draw(String... lines) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "flowchart LR\n" + String.join("\n", lines) + "\n");
    }

    private static final String[] DRAWN = {
        "Cancelled -->|\"shop\"| nothing",
        "Placed -->|\"shop\"| Placed",
        "Placed -->|\"stock\"| Refused",
        "Refused -->|\"shipping\"| nothing",
        "the_test[\"the test\"] -->|\"the test\"| Cancelled",
        "the_test[\"the test\"] -->|\"the test\"| Placed",
        "Placed -.->|\"stock, 1:delay(shop#lt;orders[k1.2])\"| Reserved",
        "Reserved -.->|\"shipping, 1:delay(shop#lt;orders[k1.2])\"| nothing"
    };

    private static void fails(Outcome outcome, String... words) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(AssertionError.class)
                                .hasMessageContainingAll(words));
    }

    @Test
    void passesWhatIsAsDrawn() throws IOException {
        draw(DRAWN);

        assertThat(explore(orders(false), DELAY)).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void writesWhatIsAcceptedAndPassesItThen() throws IOException {
        System.setProperty(ACCEPT, "true");
        try {
            assertThat(explore(orders(false), DELAY))
                    .isInstanceOfSatisfying(
                            Outcome.Passed.class,
                            passed -> assertThat(passed.claim().toString())
                                    .contains("the journey was not compared, but written to"));
        } finally {
            System.clearProperty(ACCEPT);
        }

        assertThat(Files.readString(file())).isEqualTo("flowchart LR\n    " + String.join("\n    ", DRAWN) + "\n");
        assertThat(explore(orders(false), DELAY)).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void aLegThatIsNotDrawnFailsUnderTheScheduleThatMeetsIt() throws IOException {
        draw(Arrays.copyOf(DRAWN, 6));

        Outcome outcome = explore(orders(false), DELAY);

        fails(
                outcome,
                "The journey under this schedule is not as drawn in",
                "Not drawn there:\n  Placed → stock → Reserved",
                "-Datleastonce.journey.accept=true draws it anew");
        assertThat(((Outcome.Failed) outcome).token().toString()).isEqualTo("1:delay(shop<orders[k1.2])");
    }

    @Test
    void aWayThatHasChangedWithoutFaultsFailsAtOnce() throws IOException {
        draw(DRAWN);

        fails(
                explore(orders(true), DELAY),
                "The journey without any fault is not as drawn in",
                "Not drawn there:\n  Refused → shipping → Shipped",
                "Drawn there, and not met:\n  Refused → shipping → nothing");
    }

    @Test
    void whatIsDrawnForFaultsOnlyMustNotHappenWithoutAny() throws IOException {
        String[] dashed = DRAWN.clone();
        dashed[2] = "Placed -.->|\"stock, 1:crash(x)\"| Refused";
        draw(dashed);

        fails(explore(orders(false), DELAY), "Drawn there for faults only:\n  Placed → stock → Refused");
    }

    @Test
    void aLegThatNoScheduleHasMetDecides() throws IOException {
        draw(DRAWN);

        assertThat(explore(orders(false), CRASH))
                .isInstanceOfSatisfying(
                        Outcome.Inconclusive.class,
                        inconclusive -> assertThat(inconclusive.reason())
                                .contains("no schedule has met Placed → stock → Reserved, as drawn in"));
    }

    @Test
    void aFileThatIsMissingIsRefused() {
        assertThat(explore(orders(false), DELAY))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(UsageException.class)
                                .hasMessageContaining("let -Datleastonce.journey.accept=true write it"));
    }

    /** What a relay sends is because of what was handled when its row was written, and not of what came last. */
    @Test
    void aRelaySendsBecauseOfWhatHasWrittenTheRow() throws IOException {
        DataSource db = JdbcConnectionPool.create("jdbc:h2:mem:journeys;DB_CLOSE_DELAY=-1", "sa", "");
        JdbcTemplate bare = new JdbcTemplate(db);
        bare.execute("CREATE TABLE outbox (id INT AUTO_INCREMENT PRIMARY KEY, type VARCHAR(20))");
        draw(
                "Cancelled -->|\"shop\"| Refused",
                "Placed -->|\"shop\"| Reserved",
                "Refused -->|\"desk\"| nothing",
                "Reserved -->|\"desk\"| nothing",
                "the_test[\"the test\"] -->|\"the test\"| Cancelled",
                "the_test[\"the test\"] -->|\"the test\"| Placed");

        Outcome outcome = explore(
                scenario -> {
                    scenario.reset(() -> bare.update("DELETE FROM outbox"));
                    relaying(scenario, db);
                    scenario.consumer("desk", "answers", Object.class, answer -> {});
                    scenario.channel("orders").send("o-1", new Placed("o-1"));
                    scenario.channel("orders").send("o-1", new Cancelled("o-1"));
                    assertThat(Journeys.of(scenario)).areAsIn(file().toString());
                },
                DUPLICATE,
                REDELIVERY,
                CRASH);

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    private static void relaying(Scenario scenario, DataSource db) {
        scenario.service("shop", life -> {
            DataSource own = life.dataSource(db);
            JdbcTemplate jdbc = new JdbcTemplate(own);
            TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(own));
            life.subscribe(
                    "orders",
                    Placed.class,
                    it -> transaction.executeWithoutResult(
                            status -> jdbc.update("INSERT INTO outbox (type) VALUES ('reserved')")));
            life.subscribe(
                    "orders",
                    Cancelled.class,
                    it -> transaction.executeWithoutResult(
                            status -> jdbc.update("INSERT INTO outbox (type) VALUES ('refused')")));
            life.poll("relay", () -> {
                var rows = jdbc.queryForList("SELECT id, type FROM outbox ORDER BY id");
                for (var row : rows) {
                    life.send(
                            "answers",
                            "o-1",
                            row.get("TYPE").equals("reserved") ? new Reserved("o-1") : new Refused("o-1"));
                    jdbc.update("DELETE FROM outbox WHERE id = ?", row.get("ID"));
                }
                return !rows.isEmpty();
            });
            return new Object();
        });
    }

    @Test
    void aHeaderThatNamesTheCauseIsBelieved() throws IOException {
        draw(
                "Placed -->|\"shop\"| Reserved",
                "Reserved -->|\"desk\"| nothing",
                "the_test[\"the test\"] -->|\"the test\"| Placed");

        Outcome outcome = explore(
                scenario -> {
                    Set<String> waiting = new HashSet<>();
                    scenario.service("shop", life -> {
                        life.subscribe("orders", Message.class, it -> waiting.add(it.id()));
                        life.poll("relay", () -> {
                            waiting.forEach(id -> life.send(
                                    "answers",
                                    "o-1",
                                    Message.of("r-1", "o-1", new Reserved("o-1"))
                                            .withHeader("causation-id", id)));
                            boolean found = !waiting.isEmpty();
                            waiting.clear();
                            return found;
                        });
                        return new Object();
                    });
                    scenario.consumer("desk", "answers", Object.class, answer -> {});
                    scenario.channel("orders").send("o-1", new Placed("o-1"));
                    assertThat(Journeys.of(scenario)).areAsIn(file().toString());
                },
                DUPLICATE);

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    /** Without a header and without a table nobody knows. */
    @Test
    void aPollerOfWhichNobodyKnowsIsACauseItself() throws IOException {
        draw("relay_of_shop[\"relay of shop\"] -->|\"shop\"| Reserved", "Reserved -->|\"desk\"| nothing");

        Outcome outcome = explore(
                scenario -> {
                    int[] left = {1};
                    scenario.service("shop", life -> {
                        life.poll("relay", () -> {
                            if (left[0] == 0) {
                                return false;
                            }
                            life.send("answers", "o-1", new Reserved("o-1"));
                            left[0]--;
                            return true;
                        });
                        return new Object();
                    });
                    scenario.consumer("desk", "answers", Object.class, answer -> {});
                    assertThat(Journeys.of(scenario)).areAsIn(file().toString());
                    assertThat(Journeys.of(scenario).mermaid()).startsWith("flowchart LR\n    Reserved -");
                    assertThat(Journeys.of(scenario).toString())
                            .startsWith("Reserved → desk → nothing")
                            .contains("\nrelay of shop → shop → Reserved");
                },
                DUPLICATE);

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }
}
