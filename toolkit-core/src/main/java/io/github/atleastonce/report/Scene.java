package io.github.atleastonce.report;

import io.github.atleastonce.history.Titled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the row to which a step belongs: what its service began last, until that ends or a fault interrupts it. What nobody began gets
 * a row of its own.
 */
final class Scene {

    private final List<Row> rows = new ArrayList<>();
    private final Set<String> up = new HashSet<>();
    private final Set<String> died = new HashSet<>();

    /** What is going on. Steps of its service belong to it. */
    private Row.@Nullable Act act;

    private boolean interrupted;

    /** What goes on while several things happen at once, until a step of it is told. */
    private @Nullable GoingOn goingOn;

    /** The start of a service that is not up yet. */
    private Row.@Nullable Act start;

    private record GoingOn(String service, Titled what) {}

    /** Returns all rows but those to be left out and the rests at the end. */
    List<Row> rows(Set<Row> leftOut) {
        rows.removeAll(leftOut);
        // Between two of them there may have been what was left out.
        Row last = lastTold();
        while (last instanceof Row.Rest rest) {
            rows.removeIf(row -> row == rest);
            last = lastTold();
        }
        return rows;
    }

    Row.@Nullable Act act() {
        return act;
    }

    Row.Act begin(Row.Act next) {
        rows.add(next);
        if (next.isDelivery()) {
            up.add(next.service());
        }
        act = next;
        goingOn = null;
        interrupted = false;
        return next;
    }

    void end() {
        act = null;
    }

    void goOn(String service, Titled what) {
        act = null;
        goingOn = new GoingOn(service, what);
    }

    void interrupt(String injury, @Nullable String dead) {
        rows.add(new Row.Injury(injury, dead));
        interrupted = true;
    }

    /** Takes note of what nobody began and nothing belongs to. */
    void note(Row row) {
        rows.add(row);
        act = null;
        goingOn = null;
        interrupted = false;
    }

    /** Takes note of what the test has sent. */
    void give(Row.Deed send) {
        if (!(last() instanceof Row.Given)) {
            rows.add(new Row.Given());
        }
        if (last() instanceof Row.Given given) {
            given.sends().add(send);
        }
    }

    @Nullable
    Row last() {
        return rows.isEmpty() ? null : rows.get(rows.size() - 1);
    }

    void rest() {
        act = null;
        Row last = lastTold();
        if (last != null && !(last instanceof Row.Rest)) {
            rows.add(new Row.Rest());
        }
    }

    Row.Act did(String service, Row.Deed deed) {
        Row.Act row = rowOf(service);
        row.add(row.service().equals(service) ? deed : Row.Deed.of(service + ": " + deed.words()));
        return row;
    }

    void die(String service) {
        act = null;
        start = null;
        up.remove(service);
        died.add(service);
    }

    /** A first start that went well is left out. */
    void live(String service, int life) {
        if (start != null && life == 1) {
            rows.remove(start);
        }
        act = null;
        start = null;
        up.add(service);
    }

    private Row.Act rowOf(String service) {
        Row.Act present = act;
        if (present != null) {
            return interrupted ? begin(present.afterwards()) : present;
        }
        GoingOn going = goingOn;
        if (going != null && going.service().equals(service)) {
            return begin(Row.Act.of(service, "… " + going.what().title() + " goes on"));
        }
        if (up.contains(service)) {
            return begin(Row.Act.of(service, service));
        }
        Row.Act starting = begin(Row.Act.of(service, service + (died.contains(service) ? " starts again" : " starts")));
        start = starting;
        return starting;
    }

    /** The last one that a text tells of. */
    private @Nullable Row lastTold() {
        for (int i = rows.size() - 1; i >= 0; i--) {
            if (!(rows.get(i) instanceof Row.Given)) {
                return rows.get(i);
            }
        }
        return null;
    }
}
