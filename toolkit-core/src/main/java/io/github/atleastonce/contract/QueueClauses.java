package io.github.atleastonce.contract;

import io.github.atleastonce.channel.Capabilities;
import io.github.atleastonce.contract.Laboratory.Reaction;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The clauses on what queues do and logs do not: compete for messages, count their deliveries, and put aside what came too often. */
final class QueueClauses {

    private final Laboratory laboratory;
    private final Capabilities capabilities;

    QueueClauses(Laboratory laboratory, Capabilities capabilities) {
        this.laboratory = laboratory;
        this.capabilities = capabilities;
    }

    void oneConsumer() {
        Observation observation = laboratory.once(bench -> {
            bench.group("first", TransportContract.ORDERS, Reaction.NONE);
            bench.group("second", TransportContract.ORDERS, Reaction.NONE);
            Traffic.MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        List<String> came = new ArrayList<>(observation.ids("first"));
        came.addAll(observation.ids("second"));
        came.sort(null);
        Requirements.require(
                came.equals(Traffic.ids(Traffic.MESSAGES)),
                "each message must come once, to one of two consumers",
                observation);
    }

    void lateConsumer() {
        Observation observation = laboratory.once(bench -> {
            Traffic.MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
            bench.group(Traffic.READER, TransportContract.ORDERS, Reaction.NONE);
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        Requirements.allOnce(observation, Traffic.READER);
    }

    /** What lies in a queue outlives whoever has put it there. */
    void emptyAtFirst() {
        laboratory.once(bench -> {
            Traffic.MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
        });
        Observation observation = laboratory.once(bench -> {
            bench.group(Traffic.READER, TransportContract.ORDERS, Reaction.NONE);
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        Requirements.require(observation.arrivals().isEmpty(), "a new run must find its queues empty", observation);
    }

    void deliveryLimit() {
        Observation observation = laboratory.once(bench -> {
            bench.group(Traffic.READER, TransportContract.ORDERS, (life, message) -> {
                if (message.id().equals("m-1")) {
                    throw new IllegalStateException("the contract lets this handler fail");
                }
            });
            bench.group("operator", TransportContract.DEAD, Reaction.NONE);
            Traffic.MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        requireSetAside(observation, capabilities.deliveryLimit());
        Requirements.require(
                observation.ids(Traffic.READER).contains("m-5"),
                "the messages behind one that was put aside must be handled",
                observation);
    }

    /** A process that dies forgets what it has counted; a server does not. */
    void deliveryLimitOfDeaths() {
        List<Observation> deaths = laboratory.explore(EnumSet.of(Fault.CRASH), bench -> {
            bench.group(Traffic.READER, TransportContract.ORDERS, (life, message) -> {
                life.step("look");
                throw new IllegalStateException("the contract lets this handler fail");
            });
            bench.group("operator", TransportContract.DEAD, Reaction.NONE);
            bench.send(TransportContract.ORDERS, Traffic.MESSAGES.get(0));
            bench.scenario.settle();
        });
        Requirements.require(
                deaths.stream().anyMatch(one -> one.schedule().contains("crash(" + Traffic.READER + "<")),
                "a consumer must die in some run, since CRASH is declared",
                deaths.get(0));
        for (Observation observation : deaths) {
            Requirements.settled(observation);
            boolean diedBefore = observation.schedule().contains("crash(" + Traffic.READER + "<")
                    && !observation.schedule().contains("/");
            requireSetAside(observation, capabilities.deliveryLimit() - (diedBefore ? 1 : 0));
        }
    }

    private static void requireSetAside(Observation observation, int deliveries) {
        long came =
                observation.ids(Traffic.READER).stream().filter("m-1"::equals).count();
        Requirements.require(
                came == deliveries,
                "a message must be put aside after " + deliveries + " deliveries in vain, but came " + came + " times",
                observation);
        Requirements.require(
                observation.ids("operator").equals(List.of("m-1")),
                "what was put aside must come to '" + TransportContract.DEAD + "'",
                observation);
        Requirements.require(
                observation.history().of(Event.DeadLettered.class).count() == 1,
                "the history must tell that a message was put aside",
                observation);
    }

    void deduplication() {
        Observation observation = laboratory.once(bench -> {
            bench.group(Traffic.READER, TransportContract.ORDERS, Reaction.NONE);
            Traffic.MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
            Traffic.MESSAGES.subList(0, 2).forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
            bench.send(TransportContract.ORDERS, Traffic.MESSAGES.get(2));
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        Requirements.allOnce(observation, Traffic.READER);
        Requirements.require(
                !capabilities.faults().contains(Fault.DUPLICATE),
                "what never arrives twice must not be declared as a fault, but DUPLICATE is",
                observation);
    }

    void deliveryCount() {
        Map<String, List<String>> counts = new TreeMap<>();
        Observation observation = laboratory.once(bench -> {
            bench.group(Traffic.READER, TransportContract.ORDERS, (life, message) -> {
                List<String> own = counts.computeIfAbsent(message.id(), any -> new ArrayList<>());
                own.add(Objects.requireNonNullElse(message.headers().get(Capabilities.DELIVERY_COUNT), "nothing"));
                if (message.id().equals("m-2") && own.size() == 1) {
                    throw new IllegalStateException("the contract lets this handler fail once");
                }
            });
            Traffic.MESSAGES.subList(0, 3).forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        Requirements.require(
                counts.equals(Map.of("m-1", List.of("1"), "m-2", List.of("1", "2"), "m-3", List.of("1"))),
                "each message must say how often it was delivered, but they said " + counts,
                observation);
    }
}
