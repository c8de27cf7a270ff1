package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.schedule.Alternatives;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import java.util.List;

/** The commit of offsets, which may fail: the group has gone on without the consumer, before or after the commit was made. */
record CommitPoint(Cause cause, List<CommitPoint.Harm> harms) implements Alternatives<CommitPoint.Harm> {

    static final String STEP = "commit offset";

    /** How a commit fails. */
    enum Harm {
        /** It was not made: what it was about comes again. */
        REFUSED(Fault.REDELIVERY, "failed, since the group had gone on without the consumer, in "),
        /** It was made, and only the answer got lost: nothing comes again. */
        UNANSWERED(Fault.COMMIT_FAILED, "failed, and was made all the same, in ");

        private final Fault fault;
        private final String words;

        Harm(Fault fault, String words) {
            this.fault = fault;
            this.words = words;
        }

        Fault fault() {
            return fault;
        }
    }

    @Override
    public String name() {
        return cause.name() + "/" + STEP;
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
        Harm harm = harms.get(choice - 1);
        return new Option(harm.fault, "", () -> "commit of offsets " + harm.words + cause.title());
    }
}
