package io.github.atleastonce.contract;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.channel.TransportFactory;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The suite that every transport passes: an extension point. Extend it in a test class and name the factory; what is tested follows
 * from the capabilities that the factory declares.
 *
 * <pre>{@code
 * class PigeonPostContractTests extends TransportContract {
 *
 *     @Override
 *     protected TransportFactory transport() {
 *         return new PigeonPost();
 *     }
 * }
 * }</pre>
 *
 * <p>The suite uses the channels {@link #ORDERS}, {@link #REPLIES} and {@link #DEAD}; a transport whose channels have to be there
 * already creates them before, {@code ORDERS} with three partitions if it has partitions. The idea of one suite steered by
 * declared features is Watermill's.
 */
public abstract class TransportContract {

    /** The channel that the suite sends to. */
    public static final String ORDERS = "contract-orders";

    /** The channel that handlers send to. */
    public static final String REPLIES = "contract-replies";

    /** The dead letter channel, used only where channels can be declared. */
    public static final String DEAD = "contract-dead";

    private static final String READER = "reader";

    /** Five messages of three keys, so that a transport with partitions has something to reorder. */
    private static final List<Message> MESSAGES = List.of(
            message("m-1", "ant"),
            message("m-2", "bee"),
            message("m-3", "ant"),
            message("m-4", "cat"),
            message("m-5", "bee"));

    /** For subclasses. */
    protected TransportContract() {}

    /**
     * Returns the factory whose transports are tested; asked for once by each test run of the class.
     *
     * @return the factory
     */
    protected abstract TransportFactory transport();

    /**
     * Returns payloads that a subscriber must get as they were sent, compared by {@code equals}.
     *
     * @return the payloads, by default a text, one that is empty, and one with characters of many scripts
     */
    protected List<Object> payloads() {
        return List.of("text", "", "größe 注文 😀 \n\t\"");
    }

    /**
     * Makes the tests.
     *
     * @return a test for each clause of the contract that the transport's capabilities call for
     */
    @TestFactory
    public final Stream<DynamicTest> contract() {
        TransportFactory factory = transport();
        Laboratory laboratory = new Laboratory(factory);
        boolean declares = laboratory.takesDeclarations(ORDERS);
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(dynamicTest("keys, headers and payloads arrive", () -> arrive(laboratory)));
        tests.add(dynamicTest("every group gets every message", () -> everyGroup(laboratory)));
        tests.add(dynamicTest("a group that comes late gets every message", () -> lateGroup(laboratory)));
        tests.add(dynamicTest("what was settled does not come again", () -> positions(laboratory)));
        tests.add(dynamicTest("a run sees nothing of the run before", () -> isolation(laboratory)));
        tests.add(dynamicTest("what a handler sends is settled too", () -> settlesChains(laboratory, declares)));
        tests.add(dynamicTest("what is not settled is named", () -> namesLeftovers(laboratory)));
        tests.add(dynamicTest("a handler that throws gets its message again", () -> failsOnce(laboratory)));
        tests.add(dynamicTest("a handler that keeps throwing fails the run", () -> failsAlways(laboratory)));
        if (declares) {
            tests.add(dynamicTest("what keeps failing goes to the dead letter channel", () -> deadLetter(laboratory)));
        }
        if (factory.capabilities().ordering() == Ordering.PARTITION) {
            tests.add(dynamicTest("messages of a key keep their order", () -> keyOrder(laboratory, declares)));
        }
        if (!factory.capabilities().staleDuplicates()) {
            tests.add(
                    dynamicTest("no copy comes after a later message of its key", () -> noStale(laboratory, declares)));
        }
        tests.add(dynamicTest("nothing goes wrong that is not declared", () -> nothingElse(laboratory, declares)));
        for (Fault fault : laboratory.declared()) {
            tests.add(
                    dynamicTest(fault + " has an effect, and all settles", () -> effect(laboratory, fault, declares)));
        }
        return tests.stream();
    }

    private void arrive(Laboratory laboratory) {
        List<Message> sent = new ArrayList<>();
        for (Object payload : payloads()) {
            String id = "p-" + sent.size();
            Headers headers = Headers.of(Map.of("tenant", "42")).with("trace", id);
            sent.add(new Message(id, "key " + id, "Payload", headers, payload));
        }
        Observation observation = laboratory.once(bench -> {
            bench.group(READER, ORDERS, Reaction.NONE);
            sent.forEach(message -> bench.send(ORDERS, message));
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

    private static void everyGroup(Laboratory laboratory) {
        Observation observation = laboratory.once(bench -> {
            bench.group("first", ORDERS, Reaction.NONE);
            bench.group("second", ORDERS, Reaction.NONE);
            MESSAGES.forEach(message -> bench.send(ORDERS, message));
            bench.scenario.settle();
        });
        requireSettled(observation);
        for (String group : List.of("first", "second")) {
            requireAllOnce(observation, group);
        }
    }

    private static void lateGroup(Laboratory laboratory) {
        Observation observation = laboratory.once(bench -> {
            bench.group("early", ORDERS, Reaction.NONE);
            MESSAGES.forEach(message -> bench.send(ORDERS, message));
            bench.scenario.settle();
            bench.group("late", ORDERS, Reaction.NONE);
            bench.scenario.settle();
        });
        requireSettled(observation);
        requireAllOnce(observation, "early");
        requireAllOnce(observation, "late");
    }

    private static void positions(Laboratory laboratory) {
        Observation observation = laboratory.once(bench -> {
            bench.group(READER, ORDERS, Reaction.NONE);
            MESSAGES.subList(0, 3).forEach(message -> bench.send(ORDERS, message));
            bench.scenario.settle();
            MESSAGES.subList(3, 5).forEach(message -> bench.send(ORDERS, message));
            bench.scenario.settle();
            bench.scenario.settle();
        });
        requireSettled(observation);
        requireAllOnce(observation, READER);
    }

    private static void isolation(Laboratory laboratory) {
        laboratory.once(bench -> MESSAGES.forEach(message -> bench.send(ORDERS, message)));
        Observation observation = laboratory.once(bench -> {
            bench.group(READER, ORDERS, Reaction.NONE);
            bench.scenario.settle();
        });
        requireSettled(observation);
        require(observation.arrivals().isEmpty(), "a new run must begin with empty channels", observation);
    }

    private static void settlesChains(Laboratory laboratory, boolean declares) {
        Set<Fault> faults = laboratory.declared();
        faults.remove(Fault.DROP);
        faults.remove(Fault.POISON);
        for (Observation observation : laboratory.explore(faults, bench -> chain(bench, declares))) {
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

    private static void namesLeftovers(Laboratory laboratory) {
        Observation observation = laboratory.once(bench -> {
            bench.group(READER, ORDERS, Reaction.NONE);
            bench.send(ORDERS, MESSAGES.get(0));
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

    private static void failsOnce(Laboratory laboratory) {
        List<String> failed = new ArrayList<>();
        Observation observation = laboratory.once(bench -> {
            bench.group(READER, ORDERS, (life, message) -> {
                if (message.id().equals("m-2") && failed.isEmpty()) {
                    failed.add(message.id());
                    throw new IllegalStateException("the contract lets this handler fail once");
                }
            });
            MESSAGES.forEach(message -> bench.send(ORDERS, message));
            bench.scenario.settle();
        });
        requireSettled(observation);
        require(
                observation.ids(READER).stream().filter("m-2"::equals).count() == 2,
                "a message whose handler threw must come again",
                observation);
        requireOrder(observation);
    }

    private static void failsAlways(Laboratory laboratory) {
        Observation observation = laboratory.once(bench -> {
            bench.group(READER, ORDERS, (life, message) -> {
                throw new IllegalStateException("the contract lets this handler fail");
            });
            bench.send(ORDERS, MESSAGES.get(0));
            bench.scenario.settle();
        });
        require(
                observation.failure() instanceof ServiceFailedException,
                "a message that cannot be handled must fail the run with a ServiceFailedException after maxAttempts",
                observation);
    }

    private static void deadLetter(Laboratory laboratory) {
        Observation observation = laboratory.once(bench -> {
            bench.scenario.channel(ORDERS, ChannelOptions.DEFAULT.deadLetter(DEAD));
            bench.group(READER, ORDERS, (life, message) -> {
                if (message.id().equals("m-1")) {
                    throw new IllegalStateException("the contract lets this handler fail");
                }
            });
            bench.group("operator", DEAD, Reaction.NONE);
            MESSAGES.forEach(message -> bench.send(ORDERS, message));
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

    private static void keyOrder(Laboratory laboratory, boolean declares) {
        Set<Fault> faults = laboratory.declared();
        faults.remove(Fault.POISON);
        laboratory.explore(faults, bench -> read(bench, declares)).forEach(TransportContract::requireOrder);
    }

    private static void noStale(Laboratory laboratory, boolean declares) {
        for (Observation observation :
                laboratory.explore(EnumSet.of(Fault.DUPLICATE), bench -> read(bench, declares))) {
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

    private static void nothingElse(Laboratory laboratory, boolean declares) {
        Set<Fault> asked = EnumSet.allOf(Fault.class);
        if (!laboratory.declared().contains(Fault.CRASH)) {
            asked.remove(Fault.CRASH); // offered by the lives of services, unless it is not asked for
        }
        for (Observation observation : laboratory.explore(asked, bench -> read(bench, declares))) {
            Set<Fault> offered = observation.offered();
            offered.removeAll(laboratory.declared());
            require(offered.isEmpty(), "only declared faults may be offered, but so were " + offered, observation);
        }
        Observation faultFree = laboratory.once(bench -> read(bench, declares));
        requireSettled(faultFree);
        requireAllOnce(faultFree, READER);
    }

    private static void effect(Laboratory laboratory, Fault fault, boolean declares) {
        List<Observation> observations = laboratory.explore(EnumSet.of(fault), bench -> read(bench, declares));
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
    private static void read(Laboratory.Bench bench, boolean declares) {
        prepare(bench, declares);
        bench.group(READER, ORDERS, (life, message) -> life.step("commit"));
        MESSAGES.forEach(message -> bench.send(ORDERS, message));
        bench.scenario.settle();
    }

    /** A reader that replies to each message, and one that listens to the replies. */
    private static void chain(Laboratory.Bench bench, boolean declares) {
        prepare(bench, declares);
        bench.group(
                READER,
                ORDERS,
                (life, message) -> life.send(
                        REPLIES,
                        message.key(),
                        new Message("re-" + message.id(), message.key(), "Reply", Headers.none(), "re")));
        bench.group("listener", REPLIES, Reaction.NONE);
        MESSAGES.forEach(message -> bench.send(ORDERS, message));
        bench.scenario.settle();
    }

    private static void prepare(Laboratory.Bench bench, boolean declares) {
        if (declares) {
            bench.scenario.channel(ORDERS, ChannelOptions.partitions(3).deadLetter(DEAD));
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
