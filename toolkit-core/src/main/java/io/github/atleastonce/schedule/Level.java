package io.github.atleastonce.schedule;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/** Makes all plans with some number of faults: first those of which each fault is the first of its kind, then those with one repeat, and so on. */
final class Level {

    /** In the order in which they were run, so that they, too, stand by the number of their repeats. */
    private final Deque<Parent> waiting;

    private Deque<Parent> due = new ArrayDeque<>();
    private Deque<Parent> following = new ArrayDeque<>();
    private int repeats = -1;

    Level(Collection<Parent> parents) {
        this.waiting = new ArrayDeque<>(parents);
    }

    /** Returns the next plan; there must be one. */
    Plan next() {
        while (true) {
            Parent parent = due();
            Plan plan = parent.next();
            if (plan != null) {
                return plan;
            }
            due.remove();
            if (!parent.isRepeated()) {
                parent.repeat();
                following.add(parent);
            }
        }
    }

    private Parent due() {
        while (due.isEmpty()) {
            repeats++;
            due = following;
            following = new ArrayDeque<>();
            while (!waiting.isEmpty() && waiting.element().repeats() == repeats) {
                due.add(waiting.remove());
            }
        }
        return due.element();
    }
}
