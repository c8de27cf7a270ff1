package io.github.atleastonce.schedule;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A run of which plans with one more fault are made, and how far that has come: first one for each kind of fault that it offers, then, by another turn, the others. */
final class Parent {

    private final Plan plan;
    private final Places.Path met;
    private final int end;
    private int point;
    private int choice;
    private boolean repeated;
    private @Nullable BitSet kinds;

    /** Takes the points of a run up to one at which no more fault is to be tried. */
    Parent(Plan plan, Places.Path met, int end) {
        this.plan = plan;
        this.met = met;
        this.end = end;
        this.point = met.first();
    }

    /** Counts the faults of its plans that are of no new kind. */
    int repeats() {
        return plan.repeats() + (repeated ? 1 : 0);
    }

    /** Returns the next plan, or null if there is none left in this turn. */
    @Nullable
    Plan next() {
        BitSet seen = kinds == null ? new BitSet() : kinds;
        kinds = seen;
        while (point < end) {
            if (choice == met.point(point).options()) {
                choice = 0;
                point++;
                continue;
            }
            int kind = met.kind(point, ++choice);
            boolean known = seen.get(kind);
            seen.set(kind);
            if (known == repeated) {
                return plan.child(met, point, choice, repeated);
            }
        }
        kinds = null;
        return null;
    }

    /** Begins its second turn. */
    void repeat() {
        repeated = true;
        point = met.first();
        choice = 0;
    }

    boolean isRepeated() {
        return repeated;
    }
}
