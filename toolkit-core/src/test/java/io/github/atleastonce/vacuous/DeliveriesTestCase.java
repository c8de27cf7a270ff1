package io.github.atleastonce.vacuous;

import static io.github.atleastonce.vacuous.Way.Room.IN_MEMORY;
import static io.github.atleastonce.vacuous.Way.way;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Tests in which less is handled than it seems. */
class DeliveriesTestCase {

    static Stream<Way> ways() {
        return Stream.of(
                of("D1", "The test sends to a channel that nobody reads", "wrongChannel")
                        .fails("Nothing handled what the test sent to 'order'")
                        .today(),
                of("D2", "The test sends a type that nobody has asked for", "wrongType")
                        .fails("Nothing handled what the test sent to 'orders'")
                        .today(),
                of("D3", "There is no service", "nobody")
                        .fails("Nothing handled what the test sent to 'orders'")
                        .today(),
                of("D4", "The test sends nothing and attempts nothing", "nothing")
                        .fails("The test sent nothing and attempted nothing")
                        .today(),
                of("D5", "The test never settles", "neverSettles")
                        .fails("Call scenario.settle() before asserting")
                        .today(),
                of("D6", "Each message is dead-lettered, without any fault", "allDead")
                        .fails("dead-lettered")
                        .today(),
                of("D7", "One of two messages is dead-lettered, and nobody looks there", "oneDead")
                        .fails("dead-lettered")
                        .today(),
                of("D8", "One of the service's subscriptions gets nothing", "idleSubscription")
                        .says("nothing reached shop<refunds")
                        .today(),
                of("D9", "The service's poller never finds work", "idlePoller")
                        .says("the poller 'relay' of 'shop' found nothing")
                        .today(),
                of("D10", "The service's timer never fires", "idleTimer")
                        .says("no timer of 'shop' fired")
                        .today(),
                of("D11", "The attempt does nothing", "emptyAttempt")
                        .says("no step in any attempt of 'shop'")
                        .today(),
                of("D12", "A second service is booted, and gets nothing", "idleService")
                        .says("'billing' did nothing")
                        .today(),
                of("D13", "There are two nodes, and one partition for them", "idleNode")
                        .says("'shop#2' did nothing")
                        .today());
    }

    private static Way.Draft of(String id, String does, String method) {
        return way(id, IN_MEMORY, does, DeliveriesTestCase.class, method);
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void wrongChannel(Scenario scenario) {
        Books books = new Books().in(scenario);
        scenario.channel("order").send("o-1", "o-1");
        scenario.settle();
        assertThat(books.booked()).isEmpty();
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void wrongType(Scenario scenario) {
        Books books = new Books().in(scenario);
        scenario.channel("orders").send("o-1", 1);
        scenario.settle();
        assertThat(books.booked()).isEmpty();
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void nobody(Scenario scenario) {
        Books.order(scenario);
        scenario.settle();
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void nothing(Scenario scenario) {
        Books books = new Books().in(scenario);
        scenario.settle();
        assertThat(books.booked()).isEmpty();
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void neverSettles(Scenario scenario) {
        assertThat(Books.ordered(scenario)).isEmpty();
    }

    @FaultTest(faults = Fault.REDELIVERY, maxFaults = 1)
    void allDead(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        scenario.channel("orders", ChannelOptions.DEFAULT.deadLetter("orders.dead"));
        scenario.channel("other");
        scenario.consumer("other", "other", String.class, other -> {});
        scenario.consumer("shop", "orders", String.class, order -> {
            throw new IllegalStateException("always");
        });
        Books.order(scenario);
        scenario.channel("other").send("x", "x");
        scenario.settle();
        assertThat(booked).doesNotHaveDuplicates();
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void oneDead(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        scenario.channel("orders", ChannelOptions.DEFAULT.deadLetter("orders.dead"));
        scenario.consumer("shop", "orders", String.class, order -> {
            if (order.equals("o-2")) {
                throw new IllegalStateException("always");
            }
            if (!booked.contains(order)) {
                booked.add(order);
            }
        });
        Books.order(scenario);
        scenario.channel("orders").send("o-2", "o-2");
        scenario.settle();
        assertThat(booked).containsOnlyOnce("o-1");
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void idleSubscription(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> bookOnce(booked, order));
            life.subscribe("refunds", String.class, booked::remove);
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void idlePoller(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        List<String> outbox = new ArrayList<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> bookOnce(booked, order));
            life.poll("relay", () -> !outbox.isEmpty());
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void idleTimer(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        scenario.service("shop", life -> {
            life.after(Duration.ofMinutes(15), booked::clear);
            life.subscribe("orders", String.class, order -> bookOnce(booked, order));
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void emptyAttempt(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        var shop = scenario.service("shop", life -> booked);
        var attempt = scenario.attempt(shop, books -> {});
        scenario.settle();
        assertThat(attempt.failure()).isNull();
        assertThat(booked).isEmpty();
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void idleNode(Scenario scenario) {
        Set<String> placed = new HashSet<>();
        scenario.nodes("shop", 2, life -> {
            life.subscribe("orders", String.class, order -> life.step("insert", () -> placed.add(order)));
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(placed).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void idleService(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        scenario.consumer("shop", "orders", String.class, order -> bookOnce(booked, order));
        scenario.consumer("billing", "bills", String.class, bill -> {});
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    private static void bookOnce(List<String> booked, String order) {
        if (!booked.contains(order)) {
            booked.add(order);
        }
    }
}
