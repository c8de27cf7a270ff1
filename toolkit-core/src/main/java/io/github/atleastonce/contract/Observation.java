package io.github.atleastonce.contract;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import io.github.atleastonce.schedule.Trace;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one run.
 *
 * @param arrivals what the handlers got, in order
 * @param history what the transport told
 * @param trace what the schedule was asked
 * @param leftovers what the transport named as still moving when the body was over
 * @param failure what the run failed with, or null
 */
record Observation(
        List<Arrival> arrivals,
        History history,
        Trace trace,
        List<String> leftovers,
        @Nullable Throwable failure) {

    /** Lists the ids that one group got, in order. */
    List<String> ids(String group) {
        return arrivals.stream()
                .filter(arrival -> arrival.group().equals(group))
                .map(Arrival::id)
                .toList();
    }

    boolean injected(Fault fault) {
        return history.of(Event.Injected.class).anyMatch(event -> event.fault() == fault);
    }

    /** Lists what was written, each copy included, without what cannot be read. */
    List<StoredMessage> sent() {
        return history.of(Event.Sent.class)
                .map(Event.Sent::message)
                .filter(message -> message.kind() != StoredMessage.Kind.POISON)
                .toList();
    }

    Set<Fault> offered() {
        Set<Fault> offered = EnumSet.noneOf(Fault.class);
        for (int i = 0; i < trace.size(); i++) {
            ChoicePoint point = trace.point(i);
            for (int choice = 1; choice <= point.options(); choice++) {
                offered.add(point.option(choice).fault());
            }
        }
        return offered;
    }

    /** Names the schedule in messages. */
    String schedule() {
        return new ScheduleToken(trace.deviations()).toString();
    }

    @Override
    public String toString() {
        return "under " + schedule() + " the handlers got "
                + arrivals.stream()
                        .map(arrival -> arrival.group() + ":" + arrival.id())
                        .toList()
                + (failure == null ? "" : ", and it failed with " + failure);
    }
}
