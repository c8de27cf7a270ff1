package io.github.atleastonce.report;

import io.github.atleastonce.explore.Effort;

/** Says under how many faults a test failed, and truthfully how far that is known to be the smallest number. */
final class Headline {

    private Headline() {}

    static String of(Effort effort) {
        if (effort.faults() == 0) {
            return "Fails without any fault; no schedule with a fault was run.";
        }
        String fails = "Fails under " + size(effort) + ". ";
        if (effort.runs() == 0) {
            String only = "Fault-free run passed; no other schedule was run";
            return fails + only + (effort.faults() == 1 ? "." : ", so fewer faults may be enough.");
        }
        return fails + smaller(effort) + "; " + tried(effort) + minimal(effort) + ".";
    }

    private static String smaller(Effort effort) {
        if (effort.exhausted() < 1) {
            return "Fault-free run passed";
        }
        return effort.turns() > 0
                ? "Every schedule with fewer of these passed (" + effort.smaller() + " runs)"
                : "Every schedule with ≤ " + faults(effort.exhausted()) + " passed (" + effort.smaller() + " runs)";
    }

    private static String tried(Effort effort) {
        if (effort.schedules() == 1) {
            return "the only schedule " + ofThatSize(effort) + " was run";
        }
        return effort.runs() + " of " + effort.schedules() + " schedules " + ofThatSize(effort)
                + (effort.runs() == 1 ? " was run" : " were run");
    }

    private static String minimal(Effort effort) {
        return effort.exhausted() == effort.faults() - 1 ? "" : ", but not all smaller ones";
    }

    private static String size(Effort effort) {
        int turns = effort.turns();
        String faults = faults(effort.faults() - turns);
        return turns == 0 ? faults : faults + " and " + turns + (turns == 1 ? " turn" : " turns");
    }

    private static String ofThatSize(Effort effort) {
        return effort.turns() > 0 ? "with that many together" : "with " + faults(effort.faults());
    }

    static String faults(int number) {
        return number == 1 ? "1 fault" : number + " faults";
    }
}
