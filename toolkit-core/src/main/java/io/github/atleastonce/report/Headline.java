package io.github.atleastonce.report;

import io.github.atleastonce.run.Effort;

/** Says under how many faults a test failed, and truthfully how far that is known to be the smallest number. */
final class Headline {

    private Headline() {}

    static String of(Effort effort) {
        if (effort.faults() == 0) {
            return "Fails without any fault; no schedule with a fault was run.";
        }
        return "Fails under " + faults(effort.faults()) + ". " + before(effort) + " " + beside(effort);
    }

    private static String before(Effort effort) {
        if (effort.exhausted() < 1) {
            return "Fault-free run passed;";
        }
        String fewer = effort.exhausted() == 1 ? "1 fault" : "≤ " + effort.exhausted() + " faults";
        return "Every schedule with " + fewer + " passed;";
    }

    private static String beside(Effort effort) {
        if (effort.runs() == 0) {
            return effort.faults() == 1
                    ? "apart from it only this schedule was run."
                    : "apart from it only this schedule was run, so fewer faults may do.";
        }
        String those = "schedules with " + faults(effort.faults());
        return effort.runs() + " of " + effort.schedules() + " " + those
                + (effort.runs() == 1 ? " was run." : " were run.");
    }

    static String faults(int number) {
        return number == 1 ? "1 fault" : number + " faults";
    }
}
