package io.github.atleastonce.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.AtLeastOnceTest;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.junit.Kit;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** A context is expensive: one serves plain tests, all fault tests, and all their schedules. */
class SharedContextTests {

    static final List<String> STARTED = new CopyOnWriteArrayList<>();

    @TempDir
    Path kept;

    @Configuration
    @Import({H2.class, Shop.Beans.class})
    static class Counted {

        Counted(ApplicationContext context) {
            STARTED.add(String.valueOf(context.getStartupDate()));
        }
    }

    @SpringJUnitConfig(Counted.class)
    static class PlainTestCase {

        @Test
        void test(@Autowired Shop shop) {
            assertThat(shop).isNotNull();
        }
    }

    @SpringJUnitConfig(Counted.class)
    static class FirstTestCase {

        @Autowired
        Shop shop;

        @BeforeEach
        void clear() {
            shop.clear();
        }

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void one(Scenario scenario) throws Exception {
            scenario.attempt(() -> shop.place("o-1"));
        }

        @AtLeastOnceTest(maxFaults = 1)
        void other(Scenario scenario) throws Exception {
            scenario.attempt(() -> shop.place("o-2"));
        }
    }

    @SpringJUnitConfig(Counted.class)
    @DirtiesContext
    static class SecondTestCase extends FirstTestCase {}

    @Test
    void oneContextServesAll() {
        STARTED.clear();

        for (Class<?> fixture : List.of(PlainTestCase.class, FirstTestCase.class, SecondTestCase.class)) {
            assertThat(Kit.select(fixture, kept).run().statuses()).containsOnly(Status.SUCCESSFUL);
        }

        assertThat(STARTED).hasSize(1);
    }
}
