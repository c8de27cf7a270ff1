package io.github.atleastonce.report;

import io.github.atleastonce.history.Step;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows which polls looked and found nothing. */
final class Polls {

    private final Set<Row> idle = new HashSet<>();
    private Row.@Nullable Act poll;

    Set<Row> idle() {
        return idle;
    }

    void began(Row.Act next) {
        poll = next;
    }

    /** Takes note of a step before it is told. A poll is idle if it began by looking, and changed nothing. */
    void did(Step step, Row.@Nullable Act act) {
        if (!step.changesNothing()) {
            found();
        } else if (act != null && act == poll && act.steps().isEmpty()) {
            idle.add(act);
        }
    }

    void found() {
        idle.remove(poll);
    }

    void disturbed(Row.@Nullable Act act) {
        idle.remove(act);
    }
}
