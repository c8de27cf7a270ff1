package io.github.atleastonce.http;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.schedule.Alternatives;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import java.util.List;

/** A call of a third party, which may be done without an answer, or get an error instead of one. */
record CallPoint(Cause cause, String call, List<CallPoint.Harm> harms) implements Alternatives<CallPoint.Harm> {

    /** What a caller may get instead of the answer. */
    enum Harm {
        /** Nothing, though it was done. */
        LOST(Fault.RESPONSE_LOST, "", true, Answer.CLOSED, "the answer to %s is lost in %s"),
        /** Nothing, since it never arrived. */
        RESET(Fault.RESPONSE_LOST, "undone", false, Answer.RESET, "%s never arrives, its connection is reset in %s"),
        /** An error, before anything was done. */
        UNAVAILABLE(Fault.RESPONSE_ERROR, "", false, Answer.UNAVAILABLE, "%s is answered 503 in %s"),
        /** An error from somebody on the way, though it was done. */
        TIMED_OUT(
                Fault.RESPONSE_ERROR,
                "done",
                true,
                Answer.TIMED_OUT,
                "%s is answered 504 in %s, and is done all the same"),
        /** Nothing for as long as the caller waits, though it was done. */
        SLOW(
                Fault.RESPONSE_SLOW,
                "",
                true,
                Answer.CLOSED,
                "the answer to %s comes after the time-out of its caller in %s");

        final Fault fault;
        final String argument;
        /** Whether the third party did what it was asked for. */
        final boolean done;

        final Answer answer;
        private final String phrase;

        /** Says whether it makes a difference to a call: whether nothing was done before the answer failed or after it is the same. */
        boolean matters(boolean changes) {
            return changes || this == LOST || this == UNAVAILABLE || this == SLOW;
        }

        Harm(Fault fault, String argument, boolean done, Answer answer, String phrase) {
            this.fault = fault;
            this.argument = argument;
            this.done = done;
            this.answer = answer;
            this.phrase = phrase;
        }
    }

    @Override
    public String name() {
        return cause.name() + "/" + call;
    }

    @Override
    public int options() {
        return harms.size();
    }

    @Override
    public Harm alternative(int choice) {
        return harms.get(choice - 1);
    }

    @Override
    public Option option(int choice) {
        Harm harm = alternative(choice);
        return new Option(harm.fault, harm.argument, () -> String.format(harm.phrase, call, cause.title()));
    }
}
