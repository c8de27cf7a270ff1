package io.github.atleastonce.contract;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.contract.Laboratory.Reaction;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.ServiceFailedException;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The clauses of the contract, each of which fails with a sentence that says what was seen instead. */
final class Clauses {

    private static final String READER = "reader";

    /** Five messages of three keys, so that a transport with partitions has something to reorder. */
    private static final List<Message> MESSAGES = List.of(
            message("m-1", "ant"),
            message("m-2", "bee"),
            message("m-3", "ant"),
            message("m-4", "cat"),
            message("m-5", "bee"));

    private final Laboratory laboratory;
    private final boolean declares;

    Clauses(Laboratory laboratory, boolean declares) {
        this.laboratory = laboratory;
        this.declares = declares;
    }

    void arrive(List<Object> payloads) {
        List<Message> sent = new ArrayList<>();
        for (Object payload : payloads) {
            String id = "p-" + sent.size();
            Headers headers = Headers.of(Map.of("tenant", "42")).with("trace", id);
            sent.add(new Message(id, "key " + id, "Payload", headers, payload));
        }
        Observation observation = laboratory.once(bench -> {
            bench.group(READER, TransportContract.ORDERS, Reaction.NONE);
            sent.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
        });
        requireSettled(observation);
        Map<@org.jspecify.annotations.Nullable String, Message> byKey = new LinkedHashMap<>();
        observation.arrivals().forEach(arrival -> byKey.put(arrival.message().key(), arrival.message()));
        for (Message message : sent) {
            Message arrived = byKey.get(message.key());
            require(arrived != null, "the message with key '" + message.key() + "' must arrive", observation);
            require(
                    Objects.equals(Objects.requireNonNull(arrived).payload(), message.payload()),
                    "the payload " + message.payload() + " must arrive as it was sent, but came as "
                            + arrived.payload(),
                    observation);
            message.headers()
                    .asMap()
                    .forEach((name, value) -> require(
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
            MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
        });
        requireSettled(observation);
        for (String group : List.of("first", "second")) {
            requireAllOnce(observation, group);
        }
    }

    void lateGroup() {
        Observation observation = laboratory.once(bench -> {
            bench.group("early", TransportContract.ORDERS, Reaction.NONE);
            MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
            bench.group("late", TransportContract.ORDERS, Reaction.NONE);
            bench.scenario.settle();
        });
        requireSettled(observation);
        requireAllOnce(observation, "early");
        requireAllOnce(observation, "late");
    }

    void positions() {
        Observation observation = laboratory.once(bench -> {
            bench.group(READER, TransportContract.ORDERS, Reaction.NONE);
            MESSAGES.subList(0, 3).forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
            MESSAGES.subList(3, 5).forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
            bench.scenario.settle();
        });
        requireSettled(observation);
        requireAllOnce(observation, READER);
    }

    void isolation() {
        laboratory.once(bench -> MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message)));
        Observation observation = laboratory.once(bench -> {
            bench.group(READER, TransportContract.ORDERS, Reaction.NONE);
            bench.scenario.settle();
        });
        requireSettled(observation);
        require(observation.arrivals().isEmpty(), "a new run must begin with empty channels", observation);
    }

    void settlesChains() {
        Set<Fault> faults = laboratory.declared();
        faults.remove(Fault.DROP);
        faults.remove(Fault.POISON);
        for (Observation observation : laboratory.explore(faults, bench -> chain(bench))) {
            requireSettled(observation);
            for (Message message : MESSAGES) {
                require(
                        observation.ids(READER).contains(message.id()),
                        "settle() must not return before " + message.id() + " was handled",
                        observation);
                require(
                        observation.ids("listener").contains("re-" + message.id()),
                        "settle() must not return before the reply to " + message.id() + " was handled",
                        observation);
            }
        }
    }

    void namesLeftovers() {
        Observation observation = laboratory.once(bench -> {
            bench.group(READER, TransportContract.ORDERS, Reaction.NONE);
            bench.send(TransportContract.ORDERS, MESSAGES.get(0));
        });
        require(
                !observation.leftovers().isEmpty(),
                "a message that was not delivered must be named as left over",
                observation);
        require(
                observation.arrivals().isEmpty(),
                "sending only appends: nothing may be delivered before settle()",
                observation);
    }

    void failsOnce() {
        List<String> failed = new ArrayList<>();
        Observation observation = laboratory.once(bench -> {
            bench.group(READER, TransportContract.ORDERS, (life, message) -> {
                if (message.id().equals("m-2") && failed.isEmpty()) {
                    failed.add(message.id());
                    throw new IllegalStateException("the contract lets this handler fail once");
                }
            });
            MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
        });
        requireSettled(observation);
        require(
                observation.ids(READER).stream().filter("m-2"::equals).count() == 2,
                "a message whose handler threw must come again",
                observation);
        List<String> came = observation.ids(READER);
        require(
                !laboratory.keepsOrder() || came.indexOf("m-5") > came.lastIndexOf("m-2"),
                "a message whose handler threw must come again before the next one of its key",
                observation);
    }

    void failsAlways() {
        Observation observation = laboratory.once(bench -> {
            bench.group(READER, TransportContract.ORDERS, (life, message) -> {
                throw new IllegalStateException("the contract lets this handler fail");
            });
            bench.send(TransportContract.ORDERS, MESSAGES.get(0));
            bench.scenario.settle();
        });
        require(
                observation.failure() instanceof ServiceFailedException,
                "a message that cannot be handled must fail the run with a ServiceFailedException after maxAttempts",
                observation);
    }

    void deadLetter() {
        Observation observation = laboratory.once(bench -> {
            bench.scenario.channel(TransportContract.ORDERS, ChannelOptions.DEFAULT.deadLetter(TransportContract.DEAD));
            bench.group(READER, TransportContract.ORDERS, (life, message) -> {
                if (message.id().equals("m-1")) {
                    throw new IllegalStateException("the contract lets this handler fail");
                }
            });
            bench.group("operator", TransportContract.DEAD, Reaction.NONE);
            MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
        });
        requireSettled(observation);
        require(
                observation.ids("operator").equals(List.of("m-1")),
                "the dead letter channel must get m-1",
                observation);
        require(
                observation.ids(READER).contains("m-3"),
                "the messages behind a dead letter must be handled",
                observation);
    }

    void keyOrder() {
        Set<Fault> faults = laboratory.declared();
        faults.remove(Fault.POISON);
        laboratory.explore(faults, bench -> read(bench)).forEach(Clauses::requireOrder);
    }

    void noStale() {
        for (Observation observation : laboratory.explore(EnumSet.of(Fault.DUPLICATE), bench -> read(bench))) {
            Map<String, Long> latest = new LinkedHashMap<>();
            for (StoredMessage stored : observation.sent()) {
                String key = Objects.requireNonNull(stored.key());
                long number = MESSAGES.indexOf(stored.message());
                require(
                        latest.getOrDefault(key, -1L) <= number,
                        stored.message().id() + " is a stale copy",
                        observation);
                latest.put(key, number);
            }
        }
    }

    void nothingElse() {
        Set<Fault> asked = EnumSet.allOf(Fault.class);
        if (!laboratory.declared().contains(Fault.CRASH)) {
            asked.remove(Fault.CRASH); // offered by the lives of services, unless it is not asked for
        }
        for (Observation observation : laboratory.explore(asked, bench -> read(bench))) {
            Set<Fault> offered = observation.offered();
            offered.removeAll(laboratory.declared());
            require(offered.isEmpty(), "only declared faults may be offered, but so were " + offered, observation);
        }
        Observation faultFree = laboratory.once(bench -> read(bench));
        requireSettled(faultFree);
        requireAllOnce(faultFree, READER);
    }

    void effect(Fault fault) {
        List<Observation> observations = laboratory.explore(EnumSet.of(fault), bench -> read(bench));
        for (Observation observation : observations) {
            boolean blocked = fault == Fault.POISON && !declares && observation.injected(fault);
            if (blocked) {
                require(
                        observation.failure() == null || observation.failure() instanceof ServiceFailedException,
                        "a record that cannot be read must be left out, put aside, or fail the run",
                        observation);
            } else {
                requireSettled(observation);
            }
            boolean lost = !observation.ids(READER).containsAll(ids(MESSAGES));
            require(!lost || fault == Fault.DROP || blocked, fault + " must not lose a message", observation);
        }
        Observation faultFree = observations.get(0);
        require(
                observations.stream().anyMatch(observation -> Effect.of(fault).isSeen(observation, faultFree)),
                fault + " is declared, but in none of " + (observations.size() - 1)
                        + " schedules with it a subscriber saw its effect: " + Effect.of(fault),
                faultFree);
    }

    /** One reader with one step. */
    private void read(Laboratory.Bench bench) {
        prepare(bench);
        bench.group(READER, TransportContract.ORDERS, (life, message) -> life.step("commit"));
        MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
        bench.scenario.settle();
    }

    /** A reader that replies to each message, and one that listens to the replies. */
    private void chain(Laboratory.Bench bench) {
        prepare(bench);
        bench.group(
                READER,
                TransportContract.ORDERS,
                (life, message) -> life.send(
                        TransportContract.REPLIES,
                        message.key(),
                        new Message("re-" + message.id(), message.key(), "Reply", Headers.none(), "re")));
        bench.group("listener", TransportContract.REPLIES, Reaction.NONE);
        MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
        bench.scenario.settle();
    }

    private void prepare(Laboratory.Bench bench) {
        if (declares) {
            bench.scenario.channel(
                    TransportContract.ORDERS, ChannelOptions.partitions(3).deadLetter(TransportContract.DEAD));
        }
    }

    private static void requireSettled(Observation observation) {
        require(observation.failure() == null, "the run must not fail", observation);
        require(
                observation.leftovers().isEmpty(),
                "nothing may be left over after settle(), but so was " + observation.leftovers(),
                observation);
    }

    private static void requireAllOnce(Observation observation, String group) {
        List<String> ids = new ArrayList<>(observation.ids(group));
        ids.sort(null);
        require(ids.equals(ids(MESSAGES)), group + " must get each message once", observation);
    }

    /** Requires that of each key the messages came first in the order in which they were sent. */
    private static void requireOrder(Observation observation) {
        Set<String> first = new LinkedHashSet<>(observation.ids(READER));
        Map<String, List<String>> byKey = first.stream()
                .collect(Collectors.groupingBy(
                        id -> Objects.requireNonNull(
                                MESSAGES.get(ids(MESSAGES).indexOf(id)).key()),
                        Collectors.toList()));
        byKey.forEach((key, ids) -> require(
                ids.equals(ids.stream().sorted().toList()),
                "the messages of key '" + key + "' must come in the order in which they were sent, but came as " + ids,
                observation));
    }

    private static List<String> ids(List<Message> messages) {
        return messages.stream().map(Message::id).toList();
    }

    private static Message message(String id, String key) {
        return new Message(id, key, "Order", Headers.none(), "order " + id);
    }

    private static void require(boolean holds, String clause, Observation observation) {
        if (!holds) {
            throw new AssertionError("The contract of transports is broken: " + clause + "; " + observation + ".");
        }
    }
}
