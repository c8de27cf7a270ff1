package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.kafka.proxy.Verdict;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a client wants, and waits for the thread of the run to decide about. */
final class WireRequest {

    private final BooleanSupplier gone;
    private final BiFunction<String, Cause, Verdict> question;
    private final Runnable passing;
    private @Nullable Verdict verdict;

    /** Asks for the group that has the turn and why it is at work; what a dead life has asked for is not done any more. */
    WireRequest(BooleanSupplier gone, BiFunction<String, Cause, Verdict> question) {
        this(gone, question, () -> {});
    }

    /** Says, too, what the run takes note of where nobody is at work of whom it knows. */
    WireRequest(BooleanSupplier gone, BiFunction<String, Cause, Verdict> question, Runnable passing) {
        this.gone = gone;
        this.question = question;
        this.passing = passing;
    }

    /** Returns what happens where the schedule has no say. */
    Verdict unasked() {
        return gone.getAsBoolean() ? Verdict.CUT : Verdict.PASS;
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
