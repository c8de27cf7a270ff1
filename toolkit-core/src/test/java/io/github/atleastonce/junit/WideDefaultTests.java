package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;

import io.github.atleastonce.run.SendFailedException;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code @FaultTest} finds without naming a fault, and what {@code @AtLeastOnceTest} says it did not look for. */
class WideDefaultTests {

    @TempDir
    Path kept;

    /** Looks whether it has seen an order, and remembers it only later. */
    private static void checksThenActs(Scenario scenario) {
        Set<String> booked = new HashSet<>();
        AtomicInteger total = new AtomicInteger();
        scenario.service("bank", life -> {
            life.subscribe("orders", String.class, order -> {
                if (!booked.contains(order)) {
                    life.step("insert");
                    booked.add(order);
                    total.incrementAndGet();
                }
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(total).hasValue(1);
    }

    /** Takes the order at once, as a unique key does. */
    private static void actsAtOnce(Scenario scenario) {
        Set<String> booked = new HashSet<>();
        scenario.service("bank", life -> {
            life.subscribe("orders", String.class, order -> {
                life.step("insert");
                booked.add(order);
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(booked).hasSize(1);
    }

    private static void tells(Scenario scenario, boolean looks) {
        Set<String> mails = new HashSet<>();
        scenario.consumer("mailer", "mails", String.class, mails::add);
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                try {
                    life.send("mails", order, order);
                } catch (SendFailedException failed) {
                    if (looks) {
                        throw failed;
                    }
                }
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(mails).hasSize(1);
    }

    static class ConcurrentTestCase {

        @FaultTest
        void wide(Scenario scenario) {
            checksThenActs(scenario);
        }
    }

    static class SendingTestCase {

        @FaultTest
        void wide(Scenario scenario) {
            tells(scenario, false);
        }
    }

    static class SmallTestCase {

        @AtLeastOnceTest
        void small(Scenario scenario) {
            checksThenActs(scenario);
        }

        @AtLeastOnceTest
        void alsoSmall(Scenario scenario) {
            tells(scenario, false);
        }
    }

    static class SoundTestCase {

        @FaultTest
        void takesAtOnce(Scenario scenario) {
            actsAtOnce(scenario);
        }

        @FaultTest
        void looksAtTheResult(Scenario scenario) {
            tells(scenario, true);
        }
    }

    static class HastyTestCase {

        @FaultTest(budget = "PT0.000000001S")
        void takesAtOnce(Scenario scenario) {
            actsAtOnce(scenario);
        }
    }

    @ParameterizedTest
    @CsvSource({"Concurrent, 1:concurrent(", "Sending, 1:send_failed("})
    void findsWhatOnlyOneOfTheOtherFaultsBreaks(String fixture, String token) throws ClassNotFoundException {
        Class<?> tests = Class.forName(WideDefaultTests.class.getName() + "$" + fixture + "TestCase");

        Kit.Line last = Kit.select(tests, kept).run().last();

        assertThat(last.status()).isEqualTo(FAILED);
        assertThat(last.message()).startsWith("Fails under 1 fault.").contains(token);
    }

    @Test
    void passesTheFixedTwinsAndNamesWhatItDidNotTry() {
        Kit.Shown shown = Kit.select(SoundTestCase.class, kept).run();

        assertThat(shown.statuses()).doesNotContain(FAILED);
        assertThat(shown.names())
                .filteredOn(name -> name.startsWith("holds under every schedule with ≤ 2 faults"))
                .hasSize(2)
                .allMatch(name -> name.contains("tried: DUPLICATE, REDELIVERY, ") && name.contains("CONCURRENT, CRASH"))
                .allMatch(name -> name.contains("no place for ") && name.contains("POISON"));
    }

    @Test
    void triesTwoFaultsForAsLongAsTheBudgetLasts() {
        Kit.Shown shown = Kit.select(HastyTestCase.class, kept).run();

        assertThat(shown.statuses()).doesNotContain(FAILED);
        assertThat(shown.last().name())
                .startsWith("holds under every schedule with ≤ 1 fault")
                .contains("; beyond, 0 of ", " with 2 faults (stopped by budget = PT0.000000001S)");
    }

    @Test
    void theSmallOneDoesNotFindThemAndSaysThatItDidNotTry() {
        Kit.Shown shown = Kit.select(SmallTestCase.class, kept).run();

        assertThat(shown.statuses()).doesNotContain(FAILED);
        assertThat(shown.names())
                .filteredOn(name -> name.startsWith("holds under"))
                .hasSize(2)
                .allMatch(
                        name -> name.endsWith("; not tried: REORDER, DELAY, CONCURRENT, CONNECTION_LOST, SEND_FAILED, "
                                + "SEND_UNCERTAIN, POISON, RESPONSE_LOST, RESPONSE_ERROR"));
    }
}
