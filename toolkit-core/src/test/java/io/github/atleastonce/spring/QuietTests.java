package io.github.atleastonce.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.junit.Kit;
import io.github.atleastonce.log.CrashLogs;
import io.github.atleastonce.log.LoggedWarnings;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** What the toolkit does to an application is no warning to anybody who reads its log. */
class QuietTests {

    @RegisterExtension
    private final LoggedWarnings warnings = new LoggedWarnings();

    @TempDir
    Path kept;

    /** As containers of listeners do it: whatever was thrown is told at length. */
    static class LoggingTestCase extends SpringCrashTests.ShopTestCase {

        @FaultTest(faults = {Fault.CRASH, Fault.CONNECTION_LOST})
        void ordersAndEventsAreAtomic(Scenario scenario) throws Exception {
            scenario.attempt(() -> {
                try {
                    shop.place("o-1");
                } catch (Throwable thrown) {
                    LoggerFactory.getLogger("container").error("The listener has thrown", thrown);
                    throw thrown;
                }
            });
            scenario.settle();
            assertThat(shop.events()).isEqualTo(shop.orders());
        }
    }

    @SpringJUnitConfig({H2.class, Shop.Beans.class})
    static class LoggingOnH2TestCase extends LoggingTestCase {}

    @SpringJUnitConfig({PostgreSql.class, Shop.Beans.class})
    static class LoggingOnPostgreSqlTestCase extends LoggingTestCase {}

    @ParameterizedTest
    @ValueSource(classes = {LoggingOnH2TestCase.class, LoggingOnPostgreSqlTestCase.class})
    void nothingIsWarnedOf(Class<?> fixture) {
        assertThat(Kit.select(fixture, kept).run().last().status()).isEqualTo(SUCCESSFUL);

        assertThat(warnings.all()).isEmpty();
    }

    /** The broken twin: what is no fault is told. */
    @Test
    void whatIsNoFaultIsTold() {
        CrashLogs.quieten();
        LoggerFactory.getLogger("shop").error("failed", new IllegalStateException("no crash"));

        assertThat(warnings.all()).containsExactly("ERROR shop failed");
    }
}
