package io.github.atleastonce.contract;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.contract.Laboratory.Reaction;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.ServiceFailedException;
import io.github.atleastonce.schedule.Fault;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The clauses on what holds under the faults that a transport declares, and that no others happen. */
final class FaultClauses {

    private final Laboratory laboratory;
    private final boolean declares;

    FaultClauses(Laboratory laboratory, boolean declares) {
        this.laboratory = laboratory;
        this.declares = declares;
    }

    void settlesChains() {
        Set<Fault> faults = laboratory.declared();
        faults.remove(Fault.DROP);
        faults.remove(Fault.POISON);
        for (Observation observation : laboratory.explore(faults, bench -> chain(bench))) {
            Requirements.settled(observation);
            for (Message message : Traffic.MESSAGES) {
                Requirements.require(
                        observation.ids(Traffic.READER).contains(message.id()),
                        "settle() must not return before " + message.id() + " was handled",
                        observation);
                Requirements.require(
                        observation.ids("listener").contains("re-" + message.id()),
                        "settle() must not return before the reply to " + message.id() + " was handled",
                        observation);
            }
        }
    }

    void keyOrder() {
        Set<Fault> faults = laboratory.declared();
        faults.remove(Fault.POISON);
        laboratory.explore(faults, bench -> read(bench)).forEach(FaultClauses::requireOrder);
    }

    void noStale() {
        for (Observation observation : laboratory.explore(EnumSet.of(Fault.DUPLICATE), bench -> read(bench))) {
            Map<String, Long> latest = new LinkedHashMap<>();
            for (StoredMessage stored : observation.sent()) {
                String key = Objects.requireNonNull(stored.key());
                long number = Traffic.MESSAGES.indexOf(stored.message());
                Requirements.require(
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
            Requirements.require(
                    offered.isEmpty(), "only declared faults may be offered, but so were " + offered, observation);
        }
        Observation faultFree = laboratory.once(bench -> read(bench));
        Requirements.settled(faultFree);
        Requirements.allOnce(faultFree, Traffic.READER);
    }

    void effect(Fault fault) {
        List<Observation> observations = laboratory.explore(EnumSet.of(fault), bench -> readUnder(fault, bench));
        for (Observation observation : observations) {
            boolean blocked = fault == Fault.POISON && !declares && observation.injected(fault);
            if (blocked) {
                Requirements.require(
                        observation.failure() == null || observation.failure() instanceof ServiceFailedException,
                        "a record that cannot be read must be left out, put aside, or fail the run",
                        observation);
            } else {
                Requirements.settled(observation);
            }
            boolean lost = !observation.ids(Traffic.READER).containsAll(Traffic.ids(Traffic.MESSAGES));
            Requirements.require(
                    !lost || fault == Fault.DROP || blocked, fault + " must not lose a message", observation);
        }
        Observation faultFree = observations.get(0);
        Requirements.require(
                observations.stream().anyMatch(observation -> Effect.of(fault).isSeen(observation, faultFree)),
                fault + " is declared, but in none of " + (observations.size() - 1)
                        + " schedules with it a subscriber saw its effect: " + Effect.of(fault),
                faultFree);
    }

    /** A queue has no partitions, so that what overtakes there comes from another one. */
    private void readUnder(Fault fault, Laboratory.Bench bench) {
        if (fault == Fault.REORDER && laboratory.isOfQueues()) {
            bench.group("listener", TransportContract.REPLIES, Reaction.NONE);
            bench.send(TransportContract.REPLIES, Message.of("re", "dog", "reply"));
        }
        read(bench, laboratory.wantsNodes(fault));
    }

    /** One reader with one step. */
    private void read(Laboratory.Bench bench) {
        read(bench, false);
    }

    private void read(Laboratory.Bench bench, boolean nodes) {
        prepare(bench);
        Reaction commits = (life, message) -> life.step("commit");
        if (nodes) {
            bench.nodes(Traffic.READER, TransportContract.ORDERS, commits);
        } else {
            bench.group(Traffic.READER, TransportContract.ORDERS, commits);
        }
        Traffic.MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
        bench.scenario.settle();
    }

    /** A reader that replies to each message, and one that listens to the replies. */
    private void chain(Laboratory.Bench bench) {
        prepare(bench);
        bench.group(
                Traffic.READER,
                TransportContract.ORDERS,
                (life, message) -> life.send(
                        TransportContract.REPLIES,
                        message.key(),
                        new Message("re-" + message.id(), message.key(), "Reply", Headers.none(), "re")));
        bench.group("listener", TransportContract.REPLIES, Reaction.NONE);
        Traffic.MESSAGES.forEach(message -> bench.send(TransportContract.ORDERS, message));
        bench.scenario.settle();
    }

    private void prepare(Laboratory.Bench bench) {
        if (declares) {
            bench.scenario.channel(
                    TransportContract.ORDERS, ChannelOptions.partitions(3).deadLetter(TransportContract.DEAD));
        }
    }

    /** Requires that of each key the messages came first in the order in which they were sent. */
    private static void requireOrder(Observation observation) {
        Set<String> first = new LinkedHashSet<>(observation.ids(Traffic.READER));
        Map<String, List<String>> byKey = first.stream()
                .collect(Collectors.groupingBy(
                        id -> Objects.requireNonNull(Traffic.MESSAGES
                                .get(Traffic.ids(Traffic.MESSAGES).indexOf(id))
                                .key()),
                        Collectors.toList()));
        byKey.forEach((key, ids) -> Requirements.require(
                ids.equals(ids.stream().sorted().toList()),
                "the messages of key '" + key + "' must come in the order in which they were sent, but came as " + ids,
                observation));
    }
}
