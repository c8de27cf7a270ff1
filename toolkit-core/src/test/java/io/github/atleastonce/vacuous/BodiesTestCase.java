package io.github.atleastonce.vacuous;

import static io.github.atleastonce.vacuous.Way.Room.IN_MEMORY;
import static io.github.atleastonce.vacuous.Way.way;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.function.Executable;

/** Bodies whose assertions cannot fail. The shop under them is broken: it books a duplicate twice, or nothing at all. */
class BodiesTestCase {

    /** What is told when nothing is delivered and the body passes all the same. */
    private static final String NOTHING_ASSERTED = "passes even when nothing is delivered";

    static Stream<Way> ways() {
        return Stream.of(
                body("B1", "asserts nothing", "assertsNothing")
                        .fails(NOTHING_ASSERTED)
                        .today(),
                body("B2", "asserts what it has written itself", "assertsAConstant")
                        .fails(NOTHING_ASSERTED)
                        .today(),
                body("B3", "asserts what is always so", "assertsTheInevitable")
                        .fails(NOTHING_ASSERTED)
                        .today(),
                body("B4", "asserts before settle()", "assertsTooEarly")
                        .fails(NOTHING_ASSERTED)
                        .today(),
                body("B5", "catches its assertion", "catchesItsAssertion")
                        .fails(NOTHING_ASSERTED)
                        .today(),
                body("B6", "collects soft assertions and never asks for them", "neverAsksForSoftAssertions")
                        .fails(NOTHING_ASSERTED)
                        .today(),
                body("B7", "prepares assertions that nobody runs", "preparesAssertions")
                        .fails(NOTHING_ASSERTED)
                        .today(),
                body("B8", "asserts for all of an empty list", "assertsForAllOfNone")
                        .fails(NOTHING_ASSERTED)
                        .today(),
                body("B9", "asserts if there is something, and there is not", "assertsIfPresent")
                        .fails(NOTHING_ASSERTED)
                        .today(),
                body("B10", "brings the state back before it looks", "resetsTooEarly")
                        .fails(NOTHING_ASSERTED)
                        .today(),
                body("B11", "asserts in the handler, which catches everything", "assertsInTheHandler")
                        .fails(NOTHING_ASSERTED)
                        .today(),
                body("B12", "does the work of the service itself", "doesTheWorkItself")
                        .fails(NOTHING_ASSERTED)
                        .today(),
                body("B13", "asserts an upper bound, and the service loses everything", "assertsAnUpperBound")
                        .fails(NOTHING_ASSERTED)
                        .today(),
                body(
                                "B14",
                                "asserts on the attempt only if it completed, and nothing else",
                                "assertsNothingOfAnAttempt")
                        .invisible(
                                "after an attempt only relations may be asserted, and those hold when nothing was done"),
                body("B15", "claims something with always() that always holds", "claimsTheInevitable")
                        .fails(NOTHING_ASSERTED)
                        .today(),
                body("B16", "claims something with always() after the last settle()", "claimsTooLate")
                        .fails("was never checked")
                        .today(),
                body("B17", "asserts less than it should: not how often", "assertsTooLittle")
                        .invisible("what should hold, only its author knows"));
    }

    private static Way.Draft body(String id, String does, String method) {
        return way(id, IN_MEMORY, "The body " + does, BodiesTestCase.class, method);
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void assertsNothing(Scenario scenario) {
        Books.ordered(scenario);
        scenario.settle();
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void assertsAConstant(Scenario scenario) {
        String order = "o-1";
        Books.ordered(scenario);
        scenario.settle();
        assertThat(order).isEqualTo("o-1");
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void assertsTheInevitable(Scenario scenario) {
        List<String> booked = Books.ordered(scenario);
        scenario.settle();
        assertThat(booked).isNotNull().hasSizeGreaterThanOrEqualTo(0);
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void assertsTooEarly(Scenario scenario) {
        List<String> booked = Books.ordered(scenario);
        assertThat(booked).doesNotHaveDuplicates();
        scenario.settle();
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void catchesItsAssertion(Scenario scenario) {
        List<String> booked = Books.ordered(scenario);
        scenario.settle();
        try {
            assertThat(booked).containsExactly("o-1");
        } catch (AssertionError logged) {
            assertThat((Object) logged).isNotNull();
        }
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void neverAsksForSoftAssertions(Scenario scenario) {
        List<String> booked = Books.ordered(scenario);
        scenario.settle();
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void preparesAssertions(Scenario scenario) {
        List<String> booked = Books.ordered(scenario);
        scenario.settle();
        List<Executable> all = List.of(() -> assertThat(booked).containsExactly("o-1"));
        assertThat(all).hasSize(1);
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void assertsForAllOfNone(Scenario scenario) {
        Books.ordered(scenario);
        scenario.settle();
        List<String> other = new ArrayList<>();
        assertThat(other).allSatisfy(order -> assertThat(order).isEqualTo("o-2"));
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void assertsIfPresent(Scenario scenario) {
        List<String> booked = Books.ordered(scenario);
        scenario.settle();
        Optional<String> wrong = booked.stream().filter("o-2"::equals).findFirst();
        wrong.ifPresent(order -> assertThat(booked).containsExactly("o-1"));
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void resetsTooEarly(Scenario scenario) {
        List<String> booked = Books.ordered(scenario);
        scenario.settle();
        scenario.reset(booked::clear);
        assertThat(booked).doesNotHaveDuplicates();
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void assertsInTheHandler(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                try {
                    life.step("insert", () -> booked.add(order));
                    assertThat(booked).containsExactly("o-1");
                } catch (Throwable logged) {
                    assertThat((Object) logged).isNotNull();
                }
            });
            return life;
        });
        Books.order(scenario);
        scenario.settle();
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void doesTheWorkItself(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        scenario.consumer("shop", "orders", String.class, order -> {});
        Books.order(scenario);
        scenario.settle();
        booked.add("o-1");
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void assertsAnUpperBound(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        scenario.consumer("shop", "orders", String.class, order -> {});
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).hasSizeLessThanOrEqualTo(1);
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void assertsNothingOfAnAttempt(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        var shop = scenario.service("shop", life -> life);
        var attempt = scenario.attempt(shop, life -> life.step("insert", () -> booked.add("o-1")));
        scenario.settle();
        if (attempt.completed()) {
            assertThat(attempt.failure()).isNull();
        }
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void claimsTheInevitable(Scenario scenario) {
        List<String> booked = Books.ordered(scenario);
        scenario.always(() -> assertThat(booked).isNotNull());
        scenario.settle();
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void claimsTooLate(Scenario scenario) {
        List<String> booked = Books.ordered(scenario);
        scenario.settle();
        assertThat(booked).contains("o-1");
        scenario.always(() -> assertThat(booked).containsExactly("o-1"));
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void assertsTooLittle(Scenario scenario) {
        List<String> booked = Books.ordered(scenario);
        scenario.settle();
        assertThat(booked).contains("o-1");
    }
}
