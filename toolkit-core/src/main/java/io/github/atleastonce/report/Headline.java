package io.github.atleastonce.report;

import io.github.atleastonce.explore.Effort;
import io.github.atleastonce.explore.Share;
import org.jspecify.annotations.Nullable;

/** Says under how many faults a test failed, and truthfully how far that is known to be the smallest number. */
final class Headline {

    private Headline() {}

    static String of(Effort effort) {
        if (effort instanceof Effort.Alone alone) {
            String fails = fails(alone.faults(), alone.switches());
            String only = "Fault-free run passed; no other schedule was run";
            return fails + only + (alone.faults() == 1 ? "." : ", so fewer faults may be enough.");
        }
        if (effort instanceof Effort.Searched searched) {
            return fails(searched.faults(), searched.switches()) + smaller(searched) + "; " + tried(searched)
                    + minimal(searched) + part(searched.share()) + ".";
        }
        if (effort instanceof Effort.Refused) {
            return "Refused: the test shows nothing as it stands, whatever became of this refusal on its way.";
        }
        return "Fails without any fault; no schedule with a fault was run.";
    }

    private static String fails(int all, int switches) {
        String faults = faults(all - switches);
        String size = switches == 0 ? faults : faults + " and " + switches + (switches == 1 ? " turn" : " turns");
        return "Fails under " + size + ". ";
    }

    private static String part(@Nullable Share share) {
        return share == null ? "" : "; all that in " + share.shard().words() + " alone";
    }

    private static String smaller(Effort.Searched effort) {
        if (effort.exhausted() < 1) {
            return "Fault-free run passed";
        }
        String runs = effort.smaller() + " runs" + (effort.derived() == 0 ? "" : ", " + effort.derived() + " derived");
        return effort.switches() > 0
                ? "Every schedule with fewer of these passed (" + runs + ")"
                : "Every schedule with ≤ " + faults(effort.exhausted()) + " passed (" + runs + ")";
    }

    private static String tried(Effort.Searched effort) {
        if (effort.schedules() == 1) {
            return "the only schedule " + ofThatSize(effort) + " was run";
        }
        return effort.runs() + " of " + effort.schedules() + " schedules " + ofThatSize(effort)
                + (effort.runs() == 1 ? " was run" : " were run");
    }

    private static String minimal(Effort.Searched effort) {
        return effort.exhausted() == effort.faults() - 1 ? "" : ", but not all smaller ones";
    }

    private static String ofThatSize(Effort.Searched effort) {
        return effort.switches() > 0 ? "with that many together" : "with " + faults(effort.faults());
    }

    static String faults(int number) {
        return number == 1 ? "1 fault" : number + " faults";
    }
}
