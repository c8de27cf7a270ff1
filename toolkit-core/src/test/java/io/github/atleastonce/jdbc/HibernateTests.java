package io.github.atleastonce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.orm.jpa.JpaOptimisticLockingFailureException;

/** Services that write through Hibernate: what their steps are called, and what is found in them. */
class HibernateTests {

    record Order(String id, int amount) {}

    @Entity
    @Table(name = "jpa_account")
    static class Account {
        @Id
        int id;

        int credit;
    }

    @Entity
    @Table(name = "jpa_versioned")
    static class VersionedAccount {
        @Id
        int id;

        int credit;

        @Version
        int version;
    }

    @Entity
    @Table(name = "jpa_inbox")
    static class Handled {
        @Id
        String id;

        static Handled of(Order order) {
            Handled handled = new Handled();
            handled.id = order.id();
            return handled;
        }
    }

    /** As most entities are: Hibernate gets fifty numbers at once, and keeps what is left of them from run to run. */
    @Entity
    @Table(name = "jpa_note")
    static class Note {
        @Id
        @GeneratedValue
        Long id;

        String text;

        static Note of(String text) {
            Note note = new Note();
            note.text = text;
            return note;
        }
    }

    @BeforeEach
    void createTables() {
        Postgres.execute("DROP TABLE IF EXISTS jpa_account, jpa_versioned, jpa_inbox, jpa_note");
        Postgres.execute("DROP SEQUENCE IF EXISTS jpa_note_SEQ; CREATE SEQUENCE jpa_note_SEQ INCREMENT BY 50; "
                + "CREATE TABLE jpa_note (id BIGINT PRIMARY KEY, text TEXT)");
        Postgres.execute("CREATE TABLE jpa_account (id INT PRIMARY KEY, credit INT); "
                + "CREATE TABLE jpa_versioned (id INT PRIMARY KEY, credit INT, version INT); "
                + "CREATE TABLE jpa_inbox (id TEXT PRIMARY KEY)");
    }

    @Test
    void numbersThatAreKeptFromRunToRunAreNoDifference() {
        DelegatingDataSource present = new DelegatingDataSource(Postgres.pool());
        Jpa jpa = Jpa.on(present, Note.class);

        Outcome outcome = ScenarioRunner.of(Fault.CRASH, Fault.CONNECTION_LOST).explore(scenario -> {
            scenario.reset(() -> Postgres.execute("DELETE FROM jpa_note"));
            var notes = scenario.service("notes", life -> {
                present.setTargetDataSource(life.dataSource(Postgres.pool()));
                return jpa;
            });
            scenario.attempt(
                    notes,
                    entered -> entered.inTransaction(entities -> {
                        for (int i = 0; i < 20; i++) {
                            entities.persist(Note.of("n-" + i));
                        }
                    }));
            assertThat(Postgres.query("SELECT count(*) FROM jpa_note")).isIn(0L, 20L);
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void stepsAreNamedByTheirTables() {
        List<Object> told = new ArrayList<>();
        Set<String> cuts = new TreeSet<>();
        ScenarioRunner.of(Fault.CRASH).explore(scenario -> {
            reset();
            var accounts = scenario.service("accounts", life -> jpa(life.dataSource(Postgres.pool())));
            scenario.attempt(
                    accounts,
                    jpa -> jpa.inTransaction(entities -> {
                        entities.find(Account.class, 1).credit -= 30;
                        entities.flush();
                        for (int i = 1; i <= 3; i++) {
                            entities.persist(Handled.of(new Order("o-" + i, 1)));
                        }
                    }));
            if (scenario.history().of(Event.Injected.class).findAny().isEmpty() && told.isEmpty()) {
                scenario.history()
                        .of(SqlEvent.Executed.class)
                        .forEach(step -> told.add(step.kind() + " " + step.table() + " "
                                + step.rows().orElse(-1)));
            }
            scenario.history().of(Event.Crashed.class).forEach(crash -> cuts.add(crash.where()));
        });

        assertThat(told).containsExactly("select jpa_account -1", "update jpa_account 1", "insert jpa_inbox 3");
        assertThat(cuts)
                .containsExactly(
                        "after commit",
                        "after insert jpa_inbox",
                        "after select jpa_account",
                        "after update jpa_account",
                        "before the attempt");
    }

    @Test
    void theMarkerInItsOwnTransactionIsFound() {
        Outcome outcome = explore((jpa, order) -> {
            boolean[] first = new boolean[1];
            jpa.inTransactionOfItsOwn(entities -> first[0] = remember(entities, order));
            if (first[0]) {
                jpa.inTransactionOfItsOwn(entities -> entities.find(Account.class, 1).credit -= order.amount());
            }
        });

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.token()).hasToString("1:crash(accounts<orders[k1]/commit)"));
    }

    @Test
    void theMarkerInTheSameTransactionPasses() {
        passes(explore((jpa, order) -> jpa.inTransaction(entities -> {
            if (remember(entities, order)) {
                entities.find(Account.class, 1).credit -= order.amount();
            }
        })));
    }

    @Test
    void twoMessagesLoseAnUpdate() {
        Outcome outcome = exploreTwo(new HashSet<>(), (entities, order) -> {
            if (remember(entities, order)) {
                entities.find(Account.class, 1).credit -= order.amount();
            }
        });

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.token())
                                .hasToString(
                                        "1:concurrent(accounts<orders[k1]/select jpa_account,accounts<orders[k2])"));
    }

    @Test
    void aVersionKeepsBoth() {
        Set<Class<?>> failures = new HashSet<>();
        Outcome outcome = exploreTwo(failures, (entities, order) -> {
            if (remember(entities, order)) {
                entities.find(VersionedAccount.class, 1).credit -= order.amount();
            }
        });

        passes(outcome);
        assertThat(failures).contains(JpaOptimisticLockingFailureException.class);
    }

    private static boolean remember(EntityManager entities, Order order) {
        if (entities.find(Handled.class, order.id()) != null) {
            return false;
        }
        entities.persist(Handled.of(order));
        return true;
    }

    private static Outcome explore(BiConsumer<Jpa, Order> handler) {
        return once(Fault.CRASH).explore(scenario -> {
            subscribe(scenario, handler);
            scenario.channel("orders").send("o-1", new Order("o-1", 30));
            scenario.settle();
            assertThat(Postgres.query("SELECT credit FROM jpa_account")).isEqualTo(70);
        });
    }

    private static Outcome exploreTwo(Set<Class<?>> failures, BiConsumer<EntityManager, Order> handler) {
        return once(Fault.CONCURRENT).explore(scenario -> {
            scenario.channel("orders", ChannelOptions.partitions(2));
            subscribe(scenario, (jpa, order) -> jpa.inTransaction(entities -> handler.accept(entities, order)));
            scenario.channel("orders").send("o-1", new Order("o-1", 30));
            scenario.channel("orders").send("o-2", new Order("o-2", 20));
            scenario.settle();
            scenario.history()
                    .of(Event.HandlerFailed.class)
                    .forEach(failed -> failures.add(failed.failure().getClass()));
            assertThat(Postgres.query("SELECT least(a.credit, v.credit) FROM jpa_account a, jpa_versioned v"))
                    .isEqualTo(50);
        });
    }

    /** Each life starts Hibernate, which costs more than its schedule. */
    private static ScenarioRunner once(Fault fault) {
        return ScenarioRunner.of(fault).within(Bounds.DEFAULT.withMaxFaults(1));
    }

    private static void subscribe(Scenario scenario, BiConsumer<Jpa, Order> handler) {
        scenario.reset(HibernateTests::reset);
        scenario.service("accounts", life -> {
            Jpa jpa = jpa(life.dataSource(Postgres.pool()));
            life.subscribe("orders", Order.class, order -> handler.accept(jpa, order));
            return jpa;
        });
    }

    private static Jpa jpa(DataSource db) {
        return Jpa.on(db, Account.class, VersionedAccount.class, Handled.class);
    }

    private static void reset() {
        Postgres.execute("DELETE FROM jpa_account; DELETE FROM jpa_versioned; DELETE FROM jpa_inbox; "
                + "INSERT INTO jpa_account VALUES (1, 100); INSERT INTO jpa_versioned VALUES (1, 100, 0)");
    }

    private static void passes(Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().exhausted()).isOne());
    }
}
