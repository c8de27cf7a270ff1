package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.log.CrashLogs;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.log.LogAccessor;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** What the toolkit does to an application is no warning to anybody who reads its log. */
class QuietTests {

    private static final List<KafkaListenerEndpointRegistry> REGISTRIES = new CopyOnWriteArrayList<>();

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    /** Clients of other tests in this JVM, whose brokers have ended, and pools that they have left behind. */
    private final Set<String> strangers = new HashSet<>();

    private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN) && !strangers.contains(event.getThreadName())) {
                warnings.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage());
            }
        }
    };

    @TempDir
    Path kept;

    /** Keeps the context apart from those that other tests ask for with the same beans. */
    @Configuration
    static class Own {}

    /** Its context is kept by Spring when the broker ends. */
    @SpringJUnitConfig({CreditService.Beans.class, CreditService.Idempotent.class, Own.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    static class CachedTestCase extends ListenerCrashTests.ReservationTestCase {

        @Autowired
        KafkaListenerEndpointRegistry registry;

        @BeforeEach
        void remember() {
            REGISTRIES.add(registry);
        }
    }

    @BeforeEach
    void listen() {
        REGISTRIES.clear();
        Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("kafka-") || name.endsWith(":housekeeper"))
                .forEach(strangers::add);
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

    @Test
    void nothingIsWarnedOf() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(CachedTestCase.class))
                .configurationParameter("atleastonce.directory", kept.toString())
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.failed(0));

        assertThat(REGISTRIES)
                .isNotEmpty()
                .allSatisfy(registry -> assertThat(registry.getListenerContainers())
                        .isNotEmpty()
                        .noneMatch(MessageListenerContainer::isRunning));
        assertThat(warnings).isEmpty();
    }

    /** The broken twin: what is no crash is told. */
    @Test
    void whatIsNoCrashIsTold() {
        CrashLogs.quieten();
        LoggerFactory.getLogger("shop").error("failed", new IllegalStateException("no crash"));
        new LogAccessor("spring's shop").error(new IllegalStateException("no crash"), "failed");

        assertThat(warnings).containsExactly("ERROR shop failed", "ERROR spring's shop failed");
    }
}
