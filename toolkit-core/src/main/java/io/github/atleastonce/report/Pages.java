package io.github.atleastonce.report;

import io.github.atleastonce.explore.Claim;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.ArrayList;
import java.util.List;

/** Makes the page of each outcome: the one place in which the facts of a story are put together. */
final class Pages {

    private static final int LINE = 120;

    private Pages() {}

    static Page of(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed(failed);
        }
        if (outcome instanceof Outcome.Diverged diverged) {
            return diverged(diverged);
        }
        if (outcome instanceof Outcome.Flaky flaky) {
            return flaky(flaky);
        }
        if (outcome instanceof Outcome.Inconclusive inconclusive) {
            return inconclusive(inconclusive);
        }
        return passed(((Outcome.Passed) outcome).claim());
    }

    private static Page failed(Outcome.Failed failed) {
        List<Fact> facts = new ArrayList<>();
        if (!failed.token().deviations().isEmpty()) {
            facts.add(replay(failed.token()));
        }
        if (!failed.confirmed()) {
            facts.add(
                    new Fact(
                            "Seen once",
                            "what has gone did not come back, so it could not be run again. Let the test start it anew in each run, as whatever runs it in production would."));
        }
        return new Page(
                Headline.of(failed.effort()), Narrator.rows(failed.history()), Complaint.of(failed.cause()), facts);
    }

    private static Page diverged(Outcome.Diverged diverged) {
        return new Page(
                "Diverged: the replay did not meet what its token says, so it shows nothing.",
                List.of(),
                Complaint.cut(diverged.how()),
                List.of(
                        new Fact("Token", Complaint.cut(diverged.token().toString())),
                        new Fact(
                                "To do",
                                "Take the replay away: the test then explores anew, and a failure brings a token that fits.")));
    }

    private static Page flaky(Outcome.Flaky flaky) {
        int faults = flaky.token().deviations().size();
        Throwable second = flaky.second();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "Differs",
                flaky.difference()
                        .map(Complaint::cut)
                        .orElse("in nothing that is followed: both times the same steps in the same order")));
        facts.add(new Fact(
                "To do",
                "Find what varies and no schedule decides (an unseeded random number, the time, another thread, state that "
                        + "outlives a run), and make it the same in each run."));
        facts.add(replay(flaky.token()));
        return new Page(
                "Flaky under " + Headline.faults(faults) + ": the same schedule was run again, and "
                        + (second == null ? "passed." : "failed differently.") + " This happened the first time:",
                Narrator.rows(flaky.history()),
                new Fact("First", Complaint.of(flaky.first())) + "\n\n"
                        + new Fact("Again", second == null ? "passed" : Complaint.of(second)),
                facts);
    }

    private static Page inconclusive(Outcome.Inconclusive inconclusive) {
        return new Page(
                "Inconclusive: neither a pass nor a failure.",
                List.of(),
                Complaint.cut(inconclusive.reason()),
                List.of(new Fact("To do", inconclusive.remedy())));
    }

    private static Page passed(Claim claim) {
        String text =
                claim.isConclusive() ? claim.sentence() : "Passed under this schedule; nothing is claimed beyond it.";
        return new Page(text, List.of(), "", List.of());
    }

    private static Fact replay(ScheduleToken token) {
        String property = "-Datleastonce.replay='" + token + "'";
        String annotation = "@Replay(\"" + token + "\")";
        String line = property + "   or   " + annotation;
        return new Fact("Replay", line.length() <= LINE ? line : property + "\nor " + annotation);
    }
}
