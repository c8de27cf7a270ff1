package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.kafka.proxy.Verdict;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What a client wants, and waits for the thread of the run to decide about. */
final class WireRequest {

    private final WireAsker asker;
    private final BiFunction<String, Cause, Verdict> question;
    private final Runnable passing;
    private @Nullable Verdict verdict;

    /** Asks for the group that has the turn and why it is at work; what a dead life has asked for is not done any more. */
    WireRequest(WireAsker asker, BiFunction<String, Cause, Verdict> question) {
        this(asker, question, () -> {});
    }

    /** Says, too, what the run takes note of where nobody is at work of whom it knows. */
    WireRequest(WireAsker asker, BiFunction<String, Cause, Verdict> question, Runnable passing) {
        this.asker = asker;
        this.question = question;
        this.passing = passing;
    }

    /** Says whether the schedule has no say: a life that boots again may do so, as it did the first time. */
    boolean isPartOfABoot() {
        return asker.isBooting();
    }

    /** Returns what happens where the schedule has no say. */
    Verdict unasked() {
        return asker.isGone() ? Verdict.CUT : Verdict.PASS;
    }

    Verdict pass() {
        passing.run();
        return Verdict.PASS;
    }

    Verdict ask(String group, Cause why) {
        return question.apply(group, why);
    }

    @Nullable
    Verdict verdict() {
        return verdict;
    }

    void decide(Verdict decided) {
        verdict = decided;
    }
}
