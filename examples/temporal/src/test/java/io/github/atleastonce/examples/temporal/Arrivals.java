package io.github.atleastonce.examples.temporal;

import io.temporal.api.history.v1.HistoryEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The attempts that wait for their turn. Of several at the same time it is not left to Temporal's threads which goes first: all that the workflow has asked for
 * come before one is begun, and then they go in the order in which it has asked, unless the schedule lets one be slow.
 */
final class Arrivals {

    private final List<Handover.Turn> arrived = new ArrayList<>(2);
    private final Map<String, Integer> resting = new HashMap<>();
    private final List<Handover.Turn> slow = new ArrayList<>(0);

    synchronized void add(Handover.Turn turn) {
        arrived.add(turn);
        resting.remove(turn.activity().getActivityId());
    }

    /** Takes note that an attempt has failed, and comes again when Temporal wants it to. */
    synchronized void rests(Handover.Turn turn) {
        resting.put(turn.activity().getActivityId(), turn.activity().getAttempt());
    }

    synchronized void clear() {
        arrived.forEach(this::rests);
        arrived.clear();
        slow.clear();
    }

    /**
     * Returns which goes next, or empty if another one is still to come.
     *
     * @param history what is written down of the workflow
     * @param attempts which attempt of each activity that has no answer is under way, or comes next
     * @param isSlow asked of each that is not alone: whether all others go before it
     */
    synchronized Optional<Handover.Turn> next(
            List<HistoryEvent> history, Map<String, Integer> attempts, Predicate<Handover.Turn> isSlow) {
        Optional<Handover.Turn> next = isHeardOf(attempts) ? firstOf(new Asked(history), isSlow) : Optional.empty();
        next.ifPresent(this::remove);
        return next;
    }

    /** A failure that Temporal has not heard of may end the activity, or let it be tried again. */
    private boolean isHeardOf(Map<String, Integer> attempts) {
        return resting.entrySet().stream()
                .allMatch(failed -> attempts.getOrDefault(failed.getKey(), Integer.MAX_VALUE) > failed.getValue());
    }

    private Optional<Handover.Turn> firstOf(Asked asked, Predicate<Handover.Turn> isSlow) {
        Set<String> missing = new HashSet<>(asked.open.values());
        missing.removeAll(resting.keySet());
        arrived.forEach(turn -> missing.remove(turn.activity().getActivityId()));
        if (asked.thinks || !missing.isEmpty()) {
            return Optional.empty();
        }
        for (String activity : asked.open.values()) {
            Optional<Handover.Turn> turn =
                    arrived(activity).filter(one -> !slow.contains(one)).findFirst();
            if (turn.isPresent() && asked.open.size() > 1 && isSlow.test(turn.get())) {
                slow.add(turn.get());
            } else if (turn.isPresent()) {
                return turn;
            }
        }
        return slow.stream().findFirst();
    }

    /** Returns what is still under way when its workflow has ended, if anything is: nobody waits for it, and it is done all the same. */
    synchronized Optional<Handover.Turn> late() {
        Optional<Handover.Turn> late = slow.stream().findFirst();
        late.ifPresent(this::remove);
        return late;
    }

    private void remove(Handover.Turn turn) {
        arrived.remove(turn);
        slow.remove(turn);
    }

    private Stream<Handover.Turn> arrived(String activity) {
        return arrived.stream().filter(turn -> turn.activity().getActivityId().equals(activity));
    }

    synchronized boolean isEmpty() {
        return arrived.isEmpty();
    }

    /** What a workflow has asked for and has no answer to, by the events that say so, and whether it is about to ask for more. */
    private static final class Asked {

        private final Map<Long, String> open = new TreeMap<>();
        private boolean thinks;

        Asked(List<HistoryEvent> history) {
            history.forEach(this::add);
        }

        private void add(HistoryEvent event) {
            switch (event.getEventType()) {
                case EVENT_TYPE_WORKFLOW_TASK_SCHEDULED -> thinks = true;
                case EVENT_TYPE_WORKFLOW_TASK_COMPLETED -> thinks = false;
                case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED ->
                    open.put(
                            event.getEventId(),
                            event.getActivityTaskScheduledEventAttributes().getActivityId());
                case EVENT_TYPE_ACTIVITY_TASK_COMPLETED ->
                    open.remove(event.getActivityTaskCompletedEventAttributes().getScheduledEventId());
                case EVENT_TYPE_ACTIVITY_TASK_FAILED ->
                    open.remove(event.getActivityTaskFailedEventAttributes().getScheduledEventId());
                case EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT ->
                    open.remove(event.getActivityTaskTimedOutEventAttributes().getScheduledEventId());
                default -> {
                    // Nothing comes of it.
                }
            }
        }
    }
}
