package io.github.atleastonce.contract;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.contract.Laboratory.Reaction;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.Tombstone;
import io.github.atleastonce.run.ServiceFailedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The clauses on what arrives, and how often, where nothing goes wrong but handlers. */
final class DeliveryClauses {

    private final Laboratory laboratory;

    DeliveryClauses(Laboratory laboratory) {
        this.laboratory = laboratory;
    }

    void arrive(List<Object> payloads) {
        List<Message> sent = new ArrayList<>();
        List<Object> all = new ArrayList<>(payloads);
        all.add(Tombstone.INSTANCE);
        for (Object payload : all) {
            String id = "p-" + sent.size();
            Headers headers = Headers.of(Map.of("tenant", "42")).with("trace", id);
            sent.add(new Message(id, "key " + id, "Payload", headers, payload));
        }
        Observation observation = laboratory.once(bench -> {
            bench.group(Traffic.READER, TransportContract.ORDERS, Reaction.NONE);
            sent.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        Map<@org.jspecify.annotations.Nullable String, Message> byKey = new LinkedHashMap<>();
        observation.arrivals().forEach(arrival -> byKey.put(arrival.message().key(), arrival.message()));
        for (Message message : sent) {
            Message arrived = byKey.get(message.key());
            Requirements.require(
                    arrived != null, "the message with key '" + message.key() + "' must arrive", observation);
            Requirements.require(
                    Objects.equals(Objects.requireNonNull(arrived).payload(), message.payload()),
                    "the payload " + message.payload() + " must arrive as it was sent, but came as "
                            + arrived.payload(),
                    observation);
            message.headers()
                    .asMap()
                    .forEach((name, value) -> Requirements.require(
                            value.equals(arrived.headers().get(name)),
                            "the header '" + name + "' must arrive as '" + value + "', but came as '"
                                    + arrived.headers().get(name) + "'",
                            observation));
        }
    }

    void everyGroup() {
        Observation observation = laboratory.once(bench -> {
            bench.group("first", TransportContract.ORDERS, Reaction.NONE);
            bench.group("second", TransportContract.ORDERS, Reaction.NONE);
            Traffic.MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        for (String group : List.of("first", "second")) {
            Requirements.allOnce(observation, group);
        }
    }

    void lateGroup() {
        Observation observation = laboratory.once(bench -> {
            bench.group("early", TransportContract.ORDERS, Reaction.NONE);
            Traffic.MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
            bench.group("late", TransportContract.ORDERS, Reaction.NONE);
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        Requirements.allOnce(observation, "early");
        Requirements.allOnce(observation, "late");
    }

    void positions() {
        Observation observation = laboratory.once(bench -> {
            bench.group(Traffic.READER, TransportContract.ORDERS, Reaction.NONE);
            Traffic.MESSAGES.subList(0, 3).forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
            Traffic.MESSAGES.subList(3, 5).forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        Requirements.allOnce(observation, Traffic.READER);
    }

    void isolation() {
        laboratory.once(bench -> Traffic.MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message)));
        Observation observation = laboratory.once(bench -> {
            bench.group(Traffic.READER, TransportContract.ORDERS, Reaction.NONE);
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        Requirements.require(observation.arrivals().isEmpty(), "a new run must begin with empty channels", observation);
    }

    void namesLeftovers() {
        Observation observation = laboratory.once(bench -> {
            bench.group(Traffic.READER, TransportContract.ORDERS, Reaction.NONE);
            bench.send(TransportContract.ORDERS, Traffic.MESSAGES.get(0));
        });
        Requirements.require(
                !observation.leftovers().isEmpty(),
                "a message that was not delivered must be named as left over",
                observation);
        Requirements.require(
                observation.arrivals().isEmpty(),
                "sending only appends: nothing may be delivered before settle()",
                observation);
    }

    void failsOnce() {
        List<String> failed = new ArrayList<>();
        Observation observation = laboratory.once(bench -> {
            bench.group(Traffic.READER, TransportContract.ORDERS, (life, message) -> {
                if (message.id().equals("m-2") && failed.isEmpty()) {
                    failed.add(message.id());
                    throw new IllegalStateException("the contract lets this handler fail once");
                }
            });
            Traffic.MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        Requirements.require(
                observation.ids(Traffic.READER).stream().filter("m-2"::equals).count() == 2,
                "a message whose handler threw must come again",
                observation);
        List<String> came = observation.ids(Traffic.READER);
        Requirements.require(
                !laboratory.keepsOrder() || came.indexOf("m-5") > came.lastIndexOf("m-2"),
                "a message whose handler threw must come again before the next one of its key",
                observation);
    }

    /** Where no order is declared each message stands for itself, one that is tried again, too. */
    void failsAlone() {
        List<String> failed = new ArrayList<>();
        Observation observation = laboratory.once(bench -> {
            bench.group(Traffic.READER, TransportContract.ORDERS, (life, message) -> {
                if (message.id().equals("m-1") && failed.isEmpty()) {
                    failed.add(message.id());
                    throw new IllegalStateException("the contract lets this handler fail once");
                }
            });
            Traffic.MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        List<String> came = observation.ids(Traffic.READER);
        Requirements.require(
                came.lastIndexOf("m-1") == came.size() - 1,
                "where no order is declared, a message whose handler threw must not hold back the others",
                observation);
    }

    void failsAlways() {
        Observation observation = laboratory.once(bench -> {
            bench.group(Traffic.READER, TransportContract.ORDERS, (life, message) -> {
                throw new IllegalStateException("the contract lets this handler fail");
            });
            bench.send(TransportContract.ORDERS, Traffic.MESSAGES.get(0));
            bench.scenario.settle();
        });
        Requirements.require(
                observation.failure() instanceof ServiceFailedException,
                "a message that cannot be handled must fail the run with a ServiceFailedException after maxAttempts",
                observation);
    }

    void deadLetter() {
        Observation observation = laboratory.once(bench -> {
            bench.scenario.channel(TransportContract.ORDERS, ChannelOptions.DEFAULT.deadLetter(TransportContract.DEAD));
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
        Requirements.require(
                observation.ids("operator").equals(List.of("m-1")),
                "the dead letter channel must get m-1",
                observation);
        Requirements.require(
                observation.ids(Traffic.READER).contains("m-3"),
                "the messages behind a dead letter must be handled",
                observation);
    }
}
