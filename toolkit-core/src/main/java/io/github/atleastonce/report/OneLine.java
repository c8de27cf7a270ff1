package io.github.atleastonce.report;

import io.github.atleastonce.explore.Effort;
import io.github.atleastonce.explore.Outcome;

/** Tells an outcome in one line, for lists of many. */
final class OneLine {

    private static final int REASON = 240;

    private OneLine() {}

    static String of(Outcome outcome) {
        if (outcome instanceof Outcome.Passed passed) {
            return passed.claim().isConclusive()
                    ? passed.claim().toString()
                    : "passed under the replayed schedule; nothing is claimed beyond it";
        }
        if (outcome instanceof Outcome.Failed failed) {
            if (failed.effort() instanceof Effort.Refused) {
                return "shows nothing: "
                        + Brief.text(String.valueOf(failed.cause().getMessage()), REASON);
            }
            int faults = failed.token().deviations().size();
            return faults == 0
                    ? "fails without any fault"
                    : "fails under " + Headline.faults(faults) + "; replay: " + failed.token();
        }
        if (outcome instanceof Outcome.Flaky flaky) {
            return "flaky under " + Headline.faults(flaky.token().deviations().size()) + ": " + flaky.token();
        }
        String why = outcome instanceof Outcome.Diverged diverged
                ? diverged.how()
                : ((Outcome.Inconclusive) outcome).reason();
        return "shows nothing: " + Brief.text(why, REASON);
    }
}
