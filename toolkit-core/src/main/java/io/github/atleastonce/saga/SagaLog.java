package io.github.atleastonce.saga;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.UsageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was seen of one saga: messages in their order, each once however often it was sent, and then the rows that are there now. */
final class SagaLog {

    private static final int CONTENT = 60;

    private final String id;
    private final Saga saga;
    private final List<Seen> seen = new ArrayList<>();
    private int lastLateReply = -1;
    private final List<Integer> waits;

    /**
     * Something that was seen.
     *
     * @param by who has sent the message, in words; null for a row
     * @param payload what the message says; null for a row
     * @param place where in the history; behind everything for a row
     */
    private record Seen(
            Sign sign, @Nullable String by, @Nullable Object payload, int place) {

        String title(boolean repeated) {
            if (by == null) {
                return "a row of '" + sign.name() + "'";
            }
            return (repeated ? content(String.valueOf(payload)) : sign.name()) + " by " + by;
        }

        private String content(String text) {
            String all = text.startsWith(sign.name()) ? text : sign.name() + " " + text;
            return all.length() > CONTENT ? all.substring(0, CONTENT) + "…" : all;
        }
    }

    private record Content(Sign sign, String id, Object identity) {}

    private SagaLog(String id, Saga saga, List<Integer> waits) {
        this.id = id;
        this.saga = saga;
        this.waits = waits;
    }

    /** Reads all sagas of which anything is seen, in the order in which they began. */
    static Map<String, SagaLog> read(Saga saga, History history) {
        Map<String, SagaLog> logs = new LinkedHashMap<>();
        List<Sign> signs = saga.signs();
        Set<Content> known = new HashSet<>();
        List<Integer> waits = new ArrayList<>();
        int place = 0;
        for (Event event : history.events()) {
            if (event instanceof Event.Sent sent && sent.message().kind() == StoredMessage.Kind.ORIGINAL) {
                Message message = sent.message().message();
                for (Sign sign : signs) {
                    if (sign instanceof Sign.OfMessage shown && shown.is(message)) {
                        SagaLog log = of(message, saga, logs, waits);
                        if (known.add(new Content(sign, log.id, saga.identityOf(message)))) {
                            log.seen.add(new Seen(
                                    sign,
                                    sent.by() == null ? "the test" : "'" + sent.by() + "'",
                                    message.payload(),
                                    place));
                        }
                    }
                }
            } else if (event instanceof Event.Delivered delivered) {
                replied(saga, delivered.message(), place, logs, waits);
            } else if (event instanceof Event.Elapsed) {
                waits.add(place);
            }
            place++;
        }
        for (Sign sign : signs) {
            if (sign instanceof Sign.OfRow row) {
                for (Object id : row.ids()) {
                    logs.computeIfAbsent(String.valueOf(id), any -> new SagaLog(String.valueOf(id), saga, waits))
                            .seen
                            .add(new Seen(sign, null, null, Integer.MAX_VALUE));
                }
            }
        }
        return logs;
    }

    private static SagaLog of(Message message, Saga saga, Map<String, SagaLog> logs, List<Integer> waits) {
        String id = saga.idOf(message);
        if (id == null) {
            throw new UsageException("To which saga " + message.title()
                    + " belongs is not known: say it with correlatedBy(…), or with orBy(…) for its type.");
        }
        return logs.computeIfAbsent(id, any -> new SagaLog(id, saga, waits));
    }

    /** A reply that was sent in time may be heard late. */
    private static void replied(
            Saga saga, StoredMessage message, int place, Map<String, SagaLog> logs, List<Integer> waits) {
        boolean replies = message.kind() != StoredMessage.Kind.POISON
                && saga.steps().stream()
                        .anyMatch(step -> is(step.done(), message.message()) || is(step.refused(), message.message()));
        if (replies) {
            of(message.message(), saga, logs, waits).lastLateReply = place;
        }
    }

    private static boolean is(@Nullable Sign sign, Message message) {
        return sign instanceof Sign.OfMessage shown && shown.is(message);
    }

    String id() {
        return id;
    }

    int count(@Nullable Sign sign) {
        return (int) seen.stream().filter(one -> one.sign() == sign).count();
    }

    int countAfter(@Nullable Sign sign, int place) {
        return (int) seen.stream()
                .filter(one -> one.sign() == sign && one.place() > place)
                .count();
    }

    boolean saw(@Nullable Sign sign) {
        return count(sign) > 0;
    }

    /** Says where something was seen first; empty if it never was, or is a row, which may have come at any time. */
    OptionalInt first(@Nullable Sign sign) {
        return seen.stream()
                .filter(one -> one.sign() == sign && one.by() != null)
                .mapToInt(Seen::place)
                .findFirst();
    }

    private OptionalInt last(@Nullable Sign sign) {
        return seen.stream()
                .filter(one -> one.sign() == sign)
                .mapToInt(Seen::place)
                .max();
    }

    List<Saga.Ending> endings() {
        List<Saga.Ending> endings = new ArrayList<>();
        for (Seen one : seen) {
            saga.endings().stream()
                    .filter(ending -> ending.sign() == one.sign())
                    .forEach(endings::add);
        }
        return endings;
    }

    /** Says how it ended, if all that was seen of that is alike: true if it completed. */
    @Nullable
    Boolean completed() {
        Set<Boolean> all = endings().stream().map(Saga.Ending::completes).collect(Collectors.toSet());
        return all.size() == 1 ? all.iterator().next() : null;
    }

    /** Says where it ended first, if a message said so. */
    OptionalInt ended() {
        return saga.endings().stream()
                .map(ending -> first(ending.sign()))
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .min();
    }

    boolean gotReplyAfter(int place) {
        return lastLateReply > place;
    }

    /** Says whether a step was done and nothing has undone it since. A row says how it is now, whatever was sent. */
    boolean isInEffect(StepSigns step) {
        OptionalInt done = last(step.done());
        OptionalInt undone = last(step.undone());
        if (done.isEmpty() || undone.isEmpty()) {
            return done.isPresent();
        }
        return step.undone() instanceof Sign.OfMessage && done.getAsInt() > undone.getAsInt();
    }

    /**
     * Says whether whoever undid a step could believe that it had happened: it was commanded, and not refused, or time had passed in which one could have
     * stopped waiting for the refusal.
     */
    boolean mayHaveHappened(StepSigns step) {
        OptionalInt commanded = first(step.commanded());
        int undone = first(step.undone()).orElse(Integer.MAX_VALUE);
        boolean unheardOf = commanded.isPresent()
                && (!saw(step.refused())
                        || waits.stream().anyMatch(place -> place > commanded.getAsInt() && place < undone));
        return unheardOf || step.done() instanceof Sign.OfRow;
    }

    /** Says whether the saga waits for a step: it has not ended, and the step was commanded or is the next one. */
    boolean waitsFor(StepSigns step) {
        if (!endings().isEmpty() || saw(step.done()) || saw(step.refused())) {
            return false;
        }
        if (step.commanded() != null) {
            return saw(step.commanded());
        }
        List<StepSigns> steps = saga.steps();
        return steps.subList(0, steps.indexOf(step)).stream().allMatch(before -> saw(before.done()));
    }

    /** Tells all that was seen; what was seen more than once with its content, so that one sees what differs. */
    @Override
    public String toString() {
        return seen.stream().map(one -> one.title(count(one.sign()) > 1)).collect(Collectors.joining(", then "));
    }
}
