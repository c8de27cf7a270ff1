package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.transaction.annotation.Transactional;

/** Listeners of one application are at work at the same time, on the threads that they have in production. */
class AtOnceTests {

    @TempDir
    Path kept;

    /** An account that two listeners change. */
    abstract static class Ledger {

        final JdbcTemplate jdbc;

        Ledger(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        @KafkaListener(topics = "deposits", groupId = "deposits")
        public void deposited(ConsumerRecord<String, String> deposit) {
            once(deposit, Integer.parseInt(deposit.value()));
        }

        @Transactional
        @KafkaListener(topics = "withdrawals", groupId = "withdrawals")
        public void withdrawn(ConsumerRecord<String, String> withdrawal) {
            once(withdrawal, -Integer.parseInt(withdrawal.value()));
        }

        private void once(ConsumerRecord<String, String> record, int amount) {
            String id = record.topic() + " " + record.key();
            Integer known = jdbc.queryForObject("SELECT count(*) FROM processed WHERE id = ?", Integer.class, id);
            if (known != null && known == 0) {
                jdbc.update("INSERT INTO processed VALUES (?)", id);
                change(amount);
            }
        }

        abstract void change(int amount);
    }

    /** Wrong: whoever comes between reading and writing is overwritten. */
    static class Overwriting extends Ledger {

        Overwriting(JdbcTemplate jdbc) {
            super(jdbc);
        }

        @Override
        void change(int amount) {
            Integer before = jdbc.queryForObject("SELECT amount FROM credit", Integer.class);
            jdbc.update("UPDATE credit SET amount = ?", (before == null ? 0 : before) + amount);
        }
    }

    /** Right: the row is locked from the first look on. */
    static class Locking extends Ledger {

        Locking(JdbcTemplate jdbc) {
            super(jdbc);
        }

        @Override
        void change(int amount) {
            Integer before = jdbc.queryForObject("SELECT amount FROM credit FOR UPDATE", Integer.class);
            jdbc.update("UPDATE credit SET amount = ?", (before == null ? 0 : before) + amount);
        }
    }

    /** Right: the database adds. */
    static class Adding extends Ledger {

        Adding(JdbcTemplate jdbc) {
            super(jdbc);
        }

        @Override
        void change(int amount) {
            jdbc.update("UPDATE credit SET amount = amount + ?", amount);
        }
    }

    /** Wrong: two threads overwrite each other. */
    static class Overtaking {

        private final Overwriting ledger;

        Overtaking(JdbcTemplate jdbc) {
            ledger = new Overwriting(jdbc);
        }

        @Transactional
        @KafkaListener(topics = "deposits", groupId = "deposits", concurrency = "2")
        public void on(ConsumerRecord<String, String> deposit) {
            ledger.deposited(deposit);
        }
    }

    /** The same, with the topic named by a pattern. */
    static class OvertakingByPattern {

        private final Overwriting ledger;

        OvertakingByPattern(JdbcTemplate jdbc) {
            ledger = new Overwriting(jdbc);
        }

        @Transactional
        @KafkaListener(topicPattern = "depos.*", groupId = "deposits", concurrency = "2")
        public void on(ConsumerRecord<String, String> deposit) {
            ledger.deposited(deposit);
        }
    }

    /** Right, though its group has more consumers than the topic has partitions, so that one of the container with two gets none. */
    static class Crowded {

        private final Adding ledger;

        Crowded(JdbcTemplate jdbc) {
            ledger = new Adding(jdbc);
        }

        @Transactional
        @KafkaListener(topics = "deposits", groupId = "deposits", clientIdPrefix = "a")
        public void first(ConsumerRecord<String, String> deposit) {
            ledger.deposited(deposit);
        }

        @Transactional
        @KafkaListener(topics = "deposits", groupId = "deposits", clientIdPrefix = "m", concurrency = "2")
        public void others(ConsumerRecord<String, String> deposit) {
            ledger.deposited(deposit);
        }
    }

    /** Right: each waits for the row. */
    static class Waiting {

        private final Locking ledger;

        Waiting(JdbcTemplate jdbc) {
            ledger = new Locking(jdbc);
        }

        @Transactional
        @KafkaListener(topics = "deposits", groupId = "deposits", concurrency = "2")
        public void on(ConsumerRecord<String, String> deposit) {
            ledger.deposited(deposit);
        }
    }

    static class LedgerTestCase {

        @Autowired
        JdbcTemplate jdbc;

        @BeforeEach
        void reset() {
            jdbc.update("DELETE FROM processed");
            jdbc.update("DELETE FROM credit");
            jdbc.update("INSERT INTO credit VALUES ('alice', 100)");
        }

        void pair(Scenario scenario) {
            scenario.channel("deposits").send("d-1", "30");
            scenario.channel("deposits").send("d-3", "20");
            scenario.settle();
            assertThat(jdbc.queryForObject("SELECT amount FROM credit", Integer.class))
                    .isEqualTo(150);
        }

        void move(Scenario scenario) {
            scenario.channel("deposits").send("d-1", "30");
            scenario.channel("withdrawals").send("w-1", "20");
            scenario.settle();
            assertThat(jdbc.queryForObject("SELECT amount FROM credit", Integer.class))
                    .isEqualTo(110);
        }
    }

    static class PairTestCase extends LedgerTestCase {

        @FaultTest(faults = Fault.CONCURRENT)
        void bothCount(Scenario scenario) {
            pair(scenario);
        }
    }

    static class ConcurrentTestCase extends LedgerTestCase {

        @FaultTest(faults = Fault.CONCURRENT)
        void bothCount(Scenario scenario) {
            move(scenario);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, Overwriting.class})
    @KafkaBroker(topics = {@Topic(name = "deposits"), @Topic(name = "withdrawals")})
    @DirtiesContext
    static class OverwritingTestCase extends ConcurrentTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Locking.class})
    @KafkaBroker(topics = {@Topic(name = "deposits"), @Topic(name = "withdrawals")})
    @DirtiesContext
    static class LockingTestCase extends ConcurrentTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Overwriting.class})
    @KafkaBroker(
            topics = {@Topic(name = "deposits"), @Topic(name = "withdrawals")},
            proxy = false)
    @DirtiesContext
    static class OverwritingWithoutProxyTestCase extends ConcurrentTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Adding.class})
    @KafkaBroker(topics = {@Topic(name = "deposits"), @Topic(name = "withdrawals")})
    @DirtiesContext
    static class AddingTestCase extends ConcurrentTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Locking.class})
    @KafkaBroker(topics = {@Topic(name = "deposits"), @Topic(name = "withdrawals")})
    @DirtiesContext
    static class DyingTestCase extends LedgerTestCase {

        @FaultTest(
                faults = {Fault.CONCURRENT, Fault.CRASH},
                maxFaults = 2)
        void bothCount(Scenario scenario) {
            move(scenario);
        }
    }

    /** Several consumers of one container. */
    @SpringJUnitConfig({CreditService.Beans.class, Overtaking.class})
    @KafkaBroker(topics = @Topic(name = "deposits", partitions = 2))
    @DirtiesContext
    static class OvertakingTestCase extends PairTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, OvertakingByPattern.class})
    @KafkaBroker(topics = @Topic(name = "deposits", partitions = 2))
    @DirtiesContext
    static class OvertakingByPatternTestCase extends PairTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Crowded.class})
    @KafkaBroker(topics = @Topic(name = "deposits", partitions = 2))
    @DirtiesContext
    static class CrowdedTestCase extends LedgerTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        void bothCount(Scenario scenario) {
            pair(scenario);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, Waiting.class})
    @KafkaBroker(topics = @Topic(name = "deposits", partitions = 2))
    @DirtiesContext
    static class WaitingTestCase extends PairTestCase {}

    @SpringJUnitConfig({CreditService.Beans.class, Waiting.class})
    @KafkaBroker(topics = @Topic(name = "deposits", partitions = 2))
    @DirtiesContext
    static class DyingPairTestCase extends LedgerTestCase {

        @FaultTest(faults = {Fault.CONCURRENT, Fault.CRASH, Fault.REDELIVERY})
        void bothCount(Scenario scenario) {
            pair(scenario);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {OverwritingTestCase.class, OverwritingWithoutProxyTestCase.class})
    void findsTheUpdateThatIsLost(Class<?> fixture) {
        assertThat(Told.by(fixture, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("✗ CONCURRENT: String(w-1) to withdrawals at the same time")
                .contains("withdrawals<withdrawals[k2])");
    }

    @ParameterizedTest
    @ValueSource(classes = {OvertakingTestCase.class, OvertakingByPatternTestCase.class})
    void findsTheUpdateThatIsLostAmongTheConsumersOfOneContainer(Class<?> fixture) {
        assertThat(Told.by(fixture, kept))
                .singleElement(STRING)
                .contains("Fails under 1 fault.")
                .contains("✗ CONCURRENT: String(d-3) to deposits at the same time")
                .contains("deposits<deposits[k2])");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                LockingTestCase.class,
                AddingTestCase.class,
                WaitingTestCase.class,
                DyingPairTestCase.class,
                CrowdedTestCase.class
            })
    void twinsHold(Class<?> fixture) {
        assertThat(Told.by(fixture, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 1 fault");
    }

    @Test
    @Tag("long")
    void theProcessMayDieWhileSeveralAreAtWork() {
        assertThat(Told.by(DyingTestCase.class, kept))
                .singleElement(STRING)
                .startsWith("Holds under every schedule with ≤ 2 faults");
    }
}
