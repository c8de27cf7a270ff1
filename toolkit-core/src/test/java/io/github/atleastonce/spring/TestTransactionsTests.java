package io.github.atleastonce.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.junit.Kit;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is rolled back after the test is never committed, so the test would show nothing. */
class TestTransactionsTests {

    @TempDir
    Path kept;

    @SpringJUnitConfig({H2.class, Shop.Beans.class})
    static class ShopTestCase {

        @Autowired
        Shop shop;

        @BeforeEach
        void clear() {
            shop.clear();
        }

        void place(Scenario scenario) throws Exception {
            scenario.attempt(() -> shop.place("o-1"));
            assertThat(shop.events()).isEqualTo(shop.orders());
        }
    }

    static class OnMethodTestCase extends ShopTestCase {

        @Transactional
        @FaultTest(faults = Fault.CRASH)
        void test(Scenario scenario) throws Exception {
            place(scenario);
        }
    }

    @Transactional
    static class OnClassTestCase extends ShopTestCase {

        @FaultTest(faults = Fault.CRASH)
        void test(Scenario scenario) throws Exception {
            place(scenario);
        }
    }

    @Transactional
    @Retention(RetentionPolicy.RUNTIME)
    @interface SliceOfMyFramework {}

    @SliceOfMyFramework
    static class ComposedTestCase extends ShopTestCase {

        @FaultTest(faults = Fault.CRASH)
        void test(Scenario scenario) throws Exception {
            place(scenario);
        }
    }

    @Transactional
    static class AroundTestCase extends ShopTestCase {

        @Nested
        class InnerTestCase {

            @FaultTest(faults = Fault.CRASH)
            void test(Scenario scenario) throws Exception {
                place(scenario);
            }
        }
    }

    @Transactional
    static class NotSupportedTestCase extends ShopTestCase {

        @Transactional(propagation = Propagation.NOT_SUPPORTED)
        @FaultTest(faults = Fault.CRASH)
        void test(Scenario scenario) throws Exception {
            place(scenario);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                OnMethodTestCase.class,
                OnClassTestCase.class,
                ComposedTestCase.class,
                AroundTestCase.InnerTestCase.class
            })
    void refusesATransactionOfTheTest(Class<?> fixture) {
        Kit.Shown shown = Kit.select(fixture, kept).run();

        assertThat(shown.lines()).isEmpty();
        assertThat(shown.refusals()).singleElement().asString().contains("@Transactional(propagation = NOT_SUPPORTED)");
    }

    @ParameterizedTest
    @ValueSource(classes = NotSupportedTestCase.class)
    void takesATestWithoutOne(Class<?> fixture) {
        assertThat(Kit.select(fixture, kept).run().statuses()).containsOnly(Status.SUCCESSFUL);
    }
}
