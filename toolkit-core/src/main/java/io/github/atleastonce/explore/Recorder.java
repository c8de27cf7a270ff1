package io.github.atleastonce.explore;

import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Trace;
import io.github.atleastonce.state.Captured;
import io.github.atleastonce.state.Moments;
import io.github.atleastonce.state.Snapshot;
import io.github.atleastonce.state.Snapshot.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells the states that a run is in once it has had all its faults, and what its body has seen. What a body does is a function of what it has seen, so
 * two runs go on alike if their states are equal and what their bodies have seen is, too.
 */
final class Recorder implements Moments.Listener {

    private final Run run;
    private final int faults;
    private final List<State> states = new ArrayList<>();
    private final Set<String> looked = new TreeSet<>();
    private final Set<String> unseen = new TreeSet<>();
    private final Map<String, Digest> seen = new TreeMap<>();
    private int events = -1;
    private int units;
    private int met;
    private int injected;

    /** What everybody may look at, beside what counts only for those who do. */
    private static final String VISIBLE = "";

    /**
     * The state of a run at a moment.
     *
     * @param at how many choice points the run had come to
     * @param where the place in the toolkit's code
     * @param present what the rest of the run depends on, and by name what it depends on only if somebody looks at it
     * @param seen what the body has seen until then, likewise
     */
    record State(int at, String where, Map<String, Digest> present, Map<String, Digest> seen) {

        /** Tells this state from others, where somebody looks at some things. */
        Digest key(Set<String> looked) {
            StringBuilder text = new StringBuilder(where);
            append(text, present, looked);
            append(text, seen, looked);
            return Digest.of(text);
        }
    }

    private Recorder(Run run, int faults) {
        this.run = run;
        this.faults = faults;
    }

    /** Begins to tell the states of a run that will have so many faults. */
    static Recorder of(Run run, int faults) {
        Recorder recorder = new Recorder(run, faults);
        run.moments().listen(recorder);
        return recorder;
    }

    List<State> states() {
        return states;
    }

    /** Tells what the body has seen in all, where it looks at some things. */
    Digest seen(Set<String> looks) {
        StringBuilder text = new StringBuilder();
        append(text, seen, looks);
        return Digest.of(text);
    }

    /** Returns at what somebody has looked that does not count for all others. */
    Set<String> looked() {
        return looked;
    }

    /** Returns what no state tells, in words. */
    Set<String> unseen() {
        return unseen;
    }

    private static void append(StringBuilder text, Map<String, Digest> digests, Set<String> looked) {
        text.append(digests.get(VISIBLE));
        looked.forEach(name -> text.append(' ').append(digests.get(name)));
    }

    @Override
    public void reached(String where) {
        if (++units > run.bounds().maxDeliveries() / 2) {
            // With more before it another run may come to the bound where this one does not.
            unseen.add("so long a settle()");
        }
        if (!isOpen() || !unseen.isEmpty()) {
            return;
        }
        int now = run.history().events().size();
        Snapshot visible = new Snapshot(now != events);
        Snapshot hidden = new Snapshot(now != events);
        events = now;
        capture(visible, hidden);
        if (visible.isSettled() && hidden.isSettled()) {
            Map<String, Digest> present = asides(visible, hidden);
            present.put(VISIBLE, Digest.of(visible.digest() + " " + hidden.digest()));
            states.add(new State(run.schedule().trace().size(), where, present, Map.copyOf(seen)));
        }
    }

    @Override
    public void returned(String result) {
        units = 0;
        events = -1;
        if (!unseen.isEmpty()) {
            return;
        }
        Snapshot visible = new Snapshot(true);
        Snapshot hidden = new Snapshot(true);
        capture(visible, hidden);
        if (!visible.isSettled()) {
            unseen.add("what the body could look at while a transaction or a connection was open");
        }
        Map<String, Digest> now = asides(visible, hidden);
        now.put(VISIBLE, visible.digest());
        now.forEach((name, digest) ->
                seen.merge(name, Digest.of(result + digest), (before, next) -> Digest.of(before.toString() + next)));
    }

    /** Takes note of what the body has looked at since the state was told last; databases may be gone by now. */
    void ended() {
        Snapshot rest = new Snapshot(false);
        run.participants().forEach(participant -> {
            if (participant instanceof Captured captured && !captured.isVisible()) {
                capture(captured, rest);
            }
        });
        looked.addAll(rest.looked());
        unseen.addAll(rest.unseen());
    }

    /** Says whether more faults may be tried after what has happened so far. */
    private boolean isOpen() {
        Trace trace = run.schedule().trace();
        for (; met < trace.size(); met++) {
            injected += trace.choice(met) > 0 ? 1 : 0;
        }
        return injected == faults && run.schedule().armed();
    }

    private static Map<String, Digest> asides(Snapshot visible, Snapshot hidden) {
        Map<String, Digest> asides = new TreeMap<>(visible.asides());
        asides.putAll(hidden.asides());
        return asides;
    }

    /** Collections of others that are looked into may throw whatever they like; that is no failure of the test. */
    private static void capture(Captured captured, Snapshot into) {
        try {
            captured.capture(into);
        } catch (RuntimeException | LinkageError | StackOverflowError unreadable) {
            into.unseen("what threw " + unreadable + " when it was looked at");
        }
    }

    private void capture(Snapshot visible, Snapshot hidden) {
        run.participants()
                .sorted(Comparator.comparing(
                        participant -> participant.getClass().getName()))
                .forEach(participant -> {
                    if (participant instanceof Captured captured) {
                        capture(captured, captured.isVisible() ? visible : hidden);
                    } else {
                        String room = participant.getClass().getPackageName();
                        unseen.add("what the room '" + room.substring(room.lastIndexOf('.') + 1) + "' keeps");
                    }
                });
        for (Snapshot each : List.of(visible, hidden)) {
            looked.addAll(each.looked());
            unseen.addAll(each.unseen());
        }
    }
}
