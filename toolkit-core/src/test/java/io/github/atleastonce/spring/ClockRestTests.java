package io.github.atleastonce.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.junit.Kit;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Spring keeps contexts for later: what their schedulers do by the clock rests as long as no test class uses them. */
class ClockRestTests {

    static final AtomicInteger TICKS = new AtomicInteger();

    @TempDir
    Path kept;

    /** The relay of an outbox, say. */
    static class Relay {

        @Scheduled(fixedDelay = 10)
        public void tick() {
            TICKS.incrementAndGet();
        }
    }

    @Configuration
    @EnableScheduling
    @Import({H2.class, Shop.Beans.class})
    static class Relaying {

        @Bean
        Relay relay() {
            return new Relay();
        }
    }

    @SpringJUnitConfig(Relaying.class)
    static class ExploredTestCase {

        @Autowired
        Shop shop;

        @BeforeEach
        void clear() {
            shop.clear();
        }

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void places(Scenario scenario) throws Exception {
            scenario.attempt(() -> shop.place("o-1"));
        }
    }

    @SpringJUnitConfig(Relaying.class)
    @DirtiesContext
    static class PlainTestCase {

        @Test
        void ticks() {
            int before = TICKS.get();
            await().until(() -> TICKS.get() > before);
        }
    }

    @Test
    void nothingIsDoneByTheClockUntilAClassUsesTheContextAgain() {
        assertThat(Kit.select(ExploredTestCase.class, kept).run().statuses()).containsOnly(Status.SUCCESSFUL);
        int after = TICKS.get();

        await().during(Duration.ofMillis(1500)).until(() -> TICKS.get() == after);

        assertThat(Kit.select(PlainTestCase.class, kept).run().statuses()).containsOnly(Status.SUCCESSFUL);
    }
}
