package io.github.atleastonce.explore;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.WorkEvent;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Trace;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Requires of the fault-free run that it met something to explore: a test in which nothing was handled must not pass. */
final class Evidence {

    /** A message that is handled: {@code shop<orders[k1]}. */
    static final Pattern HANDLING = Pattern.compile("([^</]+)<");

    /** An attempt: {@code shop#1}. A node has a number, too, and so has a message without a key. */
    static final Pattern ATTEMPT = Pattern.compile("([^<]+)#[0-9]+(?=/|$)");

    private Evidence() {}

    static void require(Run run, Set<Fault> faults) {
        History history = run.history();
        requireNobodyGaveUp(history);
        Set<String> sent = history.of(Event.Sent.class)
                .filter(message -> message.by() == null)
                .map(message -> message.message().label().channel())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> handled = history.events().stream()
                .flatMap(event -> event.handledChannel().stream())
                .collect(Collectors.toSet());
        boolean worked = history.of(WorkEvent.class).anyMatch(Evidence::didSomething);
        sent.removeAll(handled);
        if (!sent.isEmpty()) {
            throw new UsageException("Nothing handled what the test sent to " + quoted(sent)
                    + ": does a service subscribe to it, and is its listener on this broker?");
        }
        if (handled.isEmpty() && !worked) {
            throw new UsageException(
                    "The test sent nothing and attempted nothing, and no poller or timer of a service had anything to do, so there is "
                            + "nothing to disturb: send to a channel or use scenario.attempt.");
        }
        if (run.schedule().trace().size() == 0) {
            throw new UsageException("No fault point was met: none of " + faults
                    + " had a place to happen, so the test would show nothing under them."
                    + (faults.contains(Fault.POISON) ? " POISON wants a channel with a dead letter channel." : "")
                    + notTried(history));
        }
    }

    private static String notTried(History history) {
        return history.caveats().seen().remarks().stream()
                .filter(remark -> remark.contains("not tried"))
                .map(remark -> " " + remark.substring(0, 1).toUpperCase(Locale.ROOT) + remark.substring(1) + ".")
                .collect(Collectors.joining());
    }

    /** A claim that comes when nothing happens any more claims nothing. */
    static void requireCheckedClaims(Run run) {
        if (!run.claims().wereChecked()) {
            throw new UsageException(
                    "A claim of scenario.always was never checked: make it before the last scenario.settle().");
        }
    }

    /** A message that nobody could handle is handled where it was put aside, or not at all. */
    private static void requireNobodyGaveUp(History history) {
        Set<StoredMessage> handled =
                history.of(Event.Handled.class).map(Event.Handled::message).collect(Collectors.toSet());
        history.of(Event.DeadLettered.class)
                .filter(dead -> !handled.contains(dead.into()))
                .findFirst()
                .ifPresent(dead -> {
                    String aside = dead.into().label().channel();
                    throw new UsageException(dead.message().message().title() + " of '"
                            + dead.message().label().channel() + "' was dead-lettered by '" + dead.subscriber()
                            + "' without any fault, and nobody handles it there: mend that, or let a consumer read '"
                            + aside + "' and assert what arrives.");
                });
    }

    /**
     * Says whether a body that checks something fails where nothing is delivered. After an attempt only relations may be asserted, and those
     * may hold when nothing was done; what pollers and timers do by themselves may be all that a test is about.
     */
    static boolean needsDeliveries(History faultFree) {
        return hasDeliveries(faultFree)
                && faultFree.of(WorkEvent.Attempting.class).findAny().isEmpty();
    }

    static boolean hasDeliveries(History history) {
        return history.events().stream()
                .anyMatch(event -> event instanceof Event.Delivered
                        || event.handledChannel().isPresent());
    }

    /** A poller that found nothing has only looked. */
    private static boolean didSomething(WorkEvent event) {
        return event instanceof WorkEvent.Attempted attempted
                        && attempted.attempt().completed()
                || event instanceof WorkEvent.Polled polled && polled.found()
                || event instanceof WorkEvent.TimerFired;
    }

    /** Those of the faults that had no place in a run; one that a run without faults does not show may come up after another. */
    static Set<Fault> absent(Trace trace, Set<Fault> faults) {
        Set<Fault> absent = EnumSet.noneOf(Fault.class);
        absent.addAll(faults);
        for (int i = 0; i < trace.size(); i++) {
            ChoicePoint point = trace.point(i);
            for (int choice = 1; choice <= point.options(); choice++) {
                absent.remove(point.option(choice).fault());
            }
        }
        return absent;
    }

    /** Counts the places that each fault had in a run. */
    static Map<Fault, Integer> places(Trace trace) {
        Map<Fault, Integer> places = new EnumMap<>(Fault.class);
        for (int i = 0; i < trace.size(); i++) {
            ChoicePoint point = trace.point(i);
            for (int choice = 1; choice <= point.options(); choice++) {
                places.merge(point.option(choice).fault(), 1, Integer::sum);
            }
        }
        return Collections.unmodifiableMap(places);
    }

    /**
     * Names who does something without any step, so that it dies only before that. What it does names its places: {@code shop<orders[k1]} is
     * where it may die before it handles a message, {@code shop<orders[k1]/commit} where after a step of that, {@code shop#1} where before an
     * attempt.
     *
     * @param work matches the name of a place up to its step, and in its first group who does it
     */
    static Set<String> stepless(Trace trace, Pattern work) {
        Set<String> doing = new TreeSet<>();
        Set<String> stepping = new HashSet<>();
        for (int i = 0; i < trace.size(); i++) {
            ChoicePoint point = trace.point(i);
            String name = point.name();
            Matcher matcher = work.matcher(name);
            if (matcher.lookingAt() && point.option(1).fault() == Fault.CRASH) {
                (name.indexOf('/', matcher.end()) < 0 ? doing : stepping).add(matcher.group(1));
            }
        }
        doing.removeAll(stepping);
        return Collections.unmodifiableSet(doing);
    }

    private static String quoted(Set<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }
}
