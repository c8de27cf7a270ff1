package io.github.atleastonce.contract;

import io.github.atleastonce.channel.Capabilities;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The clauses on what a run owes to its test on every transport: claims, deaths before the handler, attempts, and tokens. */
final class RunClauses {

    /**
     * Whatever is named by the log alone comes in the same words everywhere; REORDER and DELAY happen where a transport has its lanes, and
     * POISON where something is declared to become of what cannot be read.
     */
    private static final Set<Fault> NAMED_BY_THE_LOG =
            EnumSet.of(Fault.DUPLICATE, Fault.REDELIVERY, Fault.DROP, Fault.CRASH);

    private static final List<Message> ONE_KEY = List.of(message("m-1"), message("m-2"));

    private final Laboratory laboratory;
    private final Capabilities capabilities;

    RunClauses(Laboratory laboratory, Capabilities capabilities) {
        this.laboratory = laboratory;
        this.capabilities = capabilities;
    }

    /** A claim that is checked only at the ends misses what a later message heals. */
    void checksClaims() {
        TreeSet<Integer> seen = new TreeSet<>();
        Observation observation = laboratory.once(bench -> {
            bench.scenario.always(() -> seen.add(bench.arrivals.size()));
            bench.group(Traffic.READER, TransportContract.ORDERS, Laboratory.Reaction.NONE);
            Traffic.MESSAGES.subList(0, 3).forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        Requirements.require(
                seen.equals(new TreeSet<>(List.of(0, 1, 2, 3))),
                "claims must be checked before and after each of 3 deliveries, but were checked after " + seen,
                observation);
    }

    void diesBeforeTheHandler() {
        List<Observation> deaths = laboratory.explore(EnumSet.of(Fault.CRASH), this::read).stream()
                .filter(observation -> observation.schedule().endsWith(")")
                        && observation.schedule().contains("crash(" + Traffic.READER + "<")
                        && !observation.schedule().contains("/"))
                .toList();
        Requirements.require(
                deaths.size() == ONE_KEY.size(),
                "a life may die before each of its " + ONE_KEY.size() + " handlers, but did so before " + deaths.size(),
                laboratory.once(this::read));
        for (Observation observation : deaths) {
            Requirements.settled(observation);
            Requirements.require(
                    observation.ids(Traffic.READER).containsAll(Traffic.ids(ONE_KEY)),
                    "what a life did not handle must come to the next one",
                    observation);
            Requirements.require(
                    diesWithoutADelivery(observation),
                    "a life that dies before its handler must not get the message",
                    observation);
        }
    }

    /** Says whether the last that happened to the reader before its death was that it ended something, or nothing. */
    private static boolean diesWithoutADelivery(Observation observation) {
        boolean handling = false;
        for (Event event : observation.history().events()) {
            if (event instanceof Event.Delivered) {
                handling = true;
            } else if (event instanceof Event.Handled) {
                handling = false;
            } else if (event instanceof Event.Crashed) {
                return !handling;
            }
        }
        return false;
    }

    void countsAttempts() {
        List<String> failed = new ArrayList<>();
        Observation observation = laboratory.once(bench -> {
            bench.group(Traffic.READER, TransportContract.ORDERS, (life, message) -> {
                if (failed.size() < 2 * ONE_KEY.size()
                        && failed.stream().filter(message.id()::equals).count() < 2) {
                    failed.add(message.id());
                    throw new IllegalStateException("the contract lets this handler fail twice");
                }
            });
            ONE_KEY.forEach(message -> bench.send(TransportContract.ORDERS, message));
            bench.scenario.settle();
        });
        Requirements.settled(observation);
        for (Message message : ONE_KEY) {
            List<Integer> attempts = observation
                    .history()
                    .of(Event.HandlerFailed.class)
                    .filter(failure -> failure.message().message().id().equals(message.id()))
                    .map(Event.HandlerFailed::attempt)
                    .toList();
            Requirements.require(
                    attempts.equals(List.of(1, 2)),
                    "the failures with each message must be counted from 1, but those with " + message.id() + " were "
                            + attempts,
                    observation);
        }
    }

    /** A token found in memory is worth something on a broker only if it means the same there. */
    void namesPlacesAsInMemory() {
        Set<Fault> faults = laboratory.declared();
        faults.retainAll(NAMED_BY_THE_LOG);
        faults.retainAll(TransportFactory.IN_MEMORY.capabilities().faults());
        Set<String> here = tokens(laboratory, faults);
        Set<String> inMemory = tokens(new Laboratory(TransportFactory.IN_MEMORY), faults);
        Requirements.require(
                here.equals(inMemory),
                "schedules must have the tokens that they have in memory, " + inMemory + ", but have " + here,
                laboratory.once(this::read));
    }

    boolean isAsInMemory() {
        Capabilities inMemory = TransportFactory.IN_MEMORY.capabilities();
        return capabilities.ordering() == inMemory.ordering()
                && capabilities.confirmation() == inMemory.confirmation()
                && capabilities.staleDuplicates() == inMemory.staleDuplicates();
    }

    private Set<String> tokens(Laboratory where, Set<Fault> faults) {
        Set<String> tokens = new TreeSet<>();
        where.explore(faults, this::read).forEach(observation -> tokens.add(observation.schedule()));
        return tokens;
    }

    private void read(Laboratory.Bench bench) {
        bench.group(Traffic.READER, TransportContract.ORDERS, (life, message) -> life.step("commit"));
        ONE_KEY.forEach(message -> bench.send(TransportContract.ORDERS, message));
        bench.scenario.settle();
    }

    private static Message message(String id) {
        return new Message(id, "ant", "Order", Headers.none(), "order " + id);
    }
}
