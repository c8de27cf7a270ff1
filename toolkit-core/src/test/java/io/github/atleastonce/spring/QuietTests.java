package io.github.atleastonce.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.junit.Kit;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** What the toolkit does to an application is no warning to anybody who reads its log. */
class QuietTests {

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                warnings.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage());
            }
        }
    };

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

    @BeforeEach
    void listen() {
        root.setLevel(Level.INFO);
        appender.setContext(logging);
        appender.start();
        root.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(appender);
        root.setLevel(Level.OFF);
    }

    @ParameterizedTest
    @ValueSource(classes = {LoggingOnH2TestCase.class, LoggingOnPostgreSqlTestCase.class})
    void nothingIsWarnedOf(Class<?> fixture) {
        assertThat(Kit.select(fixture, kept).run().last().status()).isEqualTo(SUCCESSFUL);

        assertThat(warnings).isEmpty();
    }

    /** The broken twin: what is no fault is told. */
    @Test
    void whatIsNoFaultIsTold() {
        CrashLogs.quieten();
        LoggerFactory.getLogger("shop").error("failed", new IllegalStateException("no crash"));

        assertThat(warnings).containsExactly("ERROR shop failed");
    }
}
