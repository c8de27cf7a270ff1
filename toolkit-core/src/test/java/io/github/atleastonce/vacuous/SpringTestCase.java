package io.github.atleastonce.vacuous;

import static io.github.atleastonce.vacuous.Way.Room.SPRING;
import static io.github.atleastonce.vacuous.Way.way;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** Tests of an application that Spring has started. */
final class SpringTestCase {

    private static final String URL = "jdbc:h2:mem:vacuousspring;DB_CLOSE_DELAY=-1";

    private SpringTestCase() {}

    static Stream<Way> ways() {
        return Stream.of(
                way("P1", SPRING, "The test is @Transactional", TransactionalTestCase.class, null)
                        .fails("@Transactional(propagation = NOT_SUPPORTED)")
                        .today(),
                way("P2", SPRING, "A data source that is no bean", NoBeanTestCase.class, null)
                        .fails("the bare data source")
                        .today(),
                way("P3", SPRING, "The order is written on another thread", OtherThreadTestCase.class, null)
                        .says("is not followed")
                        .today(),
                way("P4", SPRING, "A bean remembers across a crash", BeanMemoryTestCase.class, null)
                        .says("beans keep their fields")
                        .today(),
                way("P5", SPRING, "The test attempts, and asserts nothing", NothingTestCase.class, null)
                        .invisible(
                                "after an attempt only relations may be asserted, and those hold when nothing was done"),
                way(
                                "P6",
                                SPRING,
                                "The application is asked by a plain call, not by attempt()",
                                PlainCallTestCase.class,
                                null)
                        .fails("attempted nothing")
                        .today());
    }

    /** A small application: it knows Spring, and nothing of this toolkit. */
    @Configuration
    static class Beans {

        @Bean
        DataSource db() {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL(URL);
            return source;
        }

        @Bean
        PlatformTransactionManager manager(DataSource db) {
            return new JdbcTransactionManager(db);
        }

        @Bean
        JdbcTemplate jdbc(DataSource db) {
            JdbcTemplate jdbc = new JdbcTemplate(db);
            jdbc.execute("CREATE TABLE IF NOT EXISTS placed (id INT)");
            jdbc.execute("CREATE TABLE IF NOT EXISTS event (id INT)");
            return jdbc;
        }

        @Bean
        Memory memory() {
            return new Memory();
        }
    }

    /** What a bean keeps. */
    static class Memory {

        private final Set<String> seen = new HashSet<>();

        boolean first(String id) {
            return seen.add(id);
        }

        void clear() {
            seen.clear();
        }
    }

    /** Two tables that are to have the same rows. */
    @SpringJUnitConfig(Beans.class)
    abstract static class ShopTestCase {

        @Autowired
        JdbcTemplate jdbc;

        @Autowired
        Memory memory;

        @BeforeEach
        void clear() {
            jdbc.update("DELETE FROM placed");
            jdbc.update("DELETE FROM event");
            memory.clear();
        }

        /** Wrong: two transactions. */
        static void place(JdbcTemplate jdbc) {
            jdbc.update("INSERT INTO placed VALUES (1)");
            jdbc.update("INSERT INTO event VALUES (1)");
        }

        long count(String table) {
            Long rows = jdbc.queryForObject("SELECT count(*) FROM " + table, Long.class);
            return rows == null ? 0 : rows;
        }
    }

    static class TransactionalTestCase extends ShopTestCase {

        @Transactional
        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void test(Scenario scenario) {
            scenario.attempt(() -> place(jdbc));
            assertThat(count("event")).isEqualTo(count("placed"));
        }
    }

    static class NoBeanTestCase extends ShopTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void test(Scenario scenario) {
            JdbcTemplate own = new JdbcTemplate(new DriverManagerDataSource(URL));
            scenario.attempt(() -> place(own));
            assertThat(count("event")).isEqualTo(count("placed"));
        }
    }

    static class OtherThreadTestCase extends ShopTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void test(Scenario scenario) {
            scenario.attempt(() -> CompletableFuture.runAsync(() -> place(jdbc)).join());
            assertThat(count("event")).isEqualTo(count("placed"));
        }
    }

    static class BeanMemoryTestCase extends ShopTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void test(Scenario scenario) {
            for (int attempt = 0; attempt < 2; attempt++) {
                scenario.attempt(() -> {
                    if (memory.first("o-1")) {
                        jdbc.update("INSERT INTO placed VALUES (1)");
                    }
                });
            }
            assertThat(count("placed")).isLessThanOrEqualTo(1);
        }
    }

    static class NothingTestCase extends ShopTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void test(Scenario scenario) {
            scenario.attempt(() -> place(jdbc));
            scenario.settle();
        }
    }

    static class PlainCallTestCase extends ShopTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void test(Scenario scenario) {
            place(jdbc);
            scenario.settle();
            assertThat(count("event")).isEqualTo(count("placed"));
        }
    }
}
