package io.github.atleastonce.contract;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.schedule.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * What a subscriber sees of a fault.
 *
 * @param words the effect in words
 * @param test compares a run with the fault-free one
 */
record Effect(String words, BiPredicate<Observation, Observation> test) {

    static Effect of(Fault fault) {
        return switch (fault) {
            case DUPLICATE ->
                new Effect("a message came at two positions", (run, faultFree) -> twice(run) && copied(run));
            case REDELIVERY -> new Effect("a message came twice from one position", (run, faultFree) -> twice(run));
            case REORDER ->
                new Effect(
                        "the messages came in another order",
                        (run, faultFree) -> !order(run).equals(order(faultFree)));
            case DELAY ->
                new Effect(
                        "a message came at a later time",
                        (run, faultFree) -> run.arrivals().stream()
                                .anyMatch(arrival -> arrival.at()
                                        .isAfter(faultFree.arrivals().get(0).at())));
            case DROP ->
                new Effect(
                        "a message never came",
                        (run, faultFree) -> !new HashSet<>(order(run)).containsAll(order(faultFree)));
            case POISON ->
                new Effect(
                        "a record came that cannot be read",
                        (run, faultFree) -> run.failure() != null
                                || run.history()
                                        .of(Event.Sent.class)
                                        .anyMatch(sent -> sent.message().kind() == StoredMessage.Kind.POISON));
            case CRASH ->
                new Effect(
                        "a message came again to the next life",
                        (run, faultFree) -> twice(run)
                                && run.history().of(Event.Booted.class).anyMatch(booted -> booted.life() > 1));
            case PAUSE ->
                new Effect(
                        "a message came to another node",
                        (run, faultFree) -> run.injected(fault) && !nodes(run).equals(nodes(faultFree)));
            case REBALANCE ->
                new Effect(
                        "a message came to another node, if there are several",
                        (run, faultFree) -> run.injected(fault)
                                && (nodes(faultFree).stream().distinct().count() == 1
                                        || !nodes(run).equals(nodes(faultFree))));
            default -> new Effect("it was injected", (run, faultFree) -> run.injected(fault));
        };
    }

    boolean isSeen(Observation run, Observation faultFree) {
        return test.test(run, faultFree);
    }

    private static List<String> order(Observation run) {
        return run.arrivals().stream().map(Arrival::id).toList();
    }

    private static List<String> nodes(Observation run) {
        return run.arrivals().stream().map(Arrival::node).toList();
    }

    private static boolean twice(Observation run) {
        return new HashSet<>(order(run)).size() < run.arrivals().size();
    }

    private static boolean copied(Observation run) {
        return run.sent().stream().anyMatch(message -> message.kind() == StoredMessage.Kind.COPY);
    }

    @Override
    public String toString() {
        return words;
    }
}
