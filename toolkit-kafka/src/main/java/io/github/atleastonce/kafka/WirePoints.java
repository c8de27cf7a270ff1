package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.kafka.proxy.Verdict;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Faults;
import io.github.atleastonce.schedule.Alternatives;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import java.util.ArrayList;
import java.util.List;

/** The places at which something goes wrong between a client and the broker. */
final class WirePoints {

    private final Faults faults;

    /** One fault of a place, in words. */
    private record Harm(Fault fault, Verdict verdict, String words) {}

    private static final List<Harm> OF_APPENDS = List.of(
            new Harm(Fault.SEND_FAILED, Verdict.FAIL, " failed"),
            new Harm(Fault.SEND_UNCERTAIN, Verdict.LOSE_ANSWER, " failed, and was written all the same"),
            new Harm(Fault.DUPLICATE, Verdict.TWICE, " was written twice"),
            new Harm(Fault.DROP, Verdict.LOSE, " was acknowledged, and lost"),
            new Harm(
                    Fault.BROKER_UNAVAILABLE,
                    Verdict.CUT_AFTER,
                    " was written, and the connection was cut before the answer"));

    private static final List<Harm> OF_COMMITS = List.of(
            new Harm(Fault.REDELIVERY, Verdict.EVICT, " failed, since the group had been rebalanced"),
            new Harm(Fault.COMMIT_FAILED, Verdict.LOSE_ANSWER, " failed, and was made all the same"),
            new Harm(Fault.BROKER_UNAVAILABLE, Verdict.CUT, " did not reach the broker, since the connection was cut"));

    private static final List<Harm> OF_DELIVERIES =
            List.of(new Harm(Fault.REBALANCE, Verdict.EVICT, " to a member whose partitions are given away meanwhile"));

    WirePoints(Faults faults) {
        this.faults = faults;
    }

    Cause cause(String group, StoredMessage first) {
        return new Reading(group, first);
    }

    /** Says whether a fault of appends was asked for. */
    boolean wantsAppends() {
        return OF_APPENDS.stream().map(Harm::fault).anyMatch(faults::wants);
    }

    Verdict append(Cause cause, String topic) {
        return choose(cause, new Step.Send(topic).name(), "send to " + topic, OF_APPENDS);
    }

    Verdict commit(Cause cause) {
        return choose(cause, "commit offsets", "commit of offsets", OF_COMMITS);
    }

    Verdict delivery(Cause cause) {
        return choose(cause, "fetch", "records are given", OF_DELIVERIES);
    }

    private Verdict choose(Cause cause, String step, String words, List<Harm> possible) {
        List<Harm> offered = new ArrayList<>();
        for (Harm harm : possible) {
            if (faults.offers(harm.fault())) {
                offered.add(harm);
            }
        }
        if (offered.isEmpty()) {
            return Verdict.PASS;
        }
        Verdict chosen = faults.choose(new WirePoint(cause, step, words, List.copyOf(offered)));
        return chosen == null ? Verdict.PASS : chosen;
    }

    private record WirePoint(Cause cause, String step, String words, List<Harm> harms)
            implements Alternatives<Verdict> {

        @Override
        public String name() {
            return cause.name() + "/" + step;
        }

        @Override
        public int options() {
            return harms.size();
        }

        @Override
        public Verdict alternative(int choice) {
            return harms.get(choice - 1).verdict();
        }

        @Override
        public Option option(int choice) {
            Harm harm = harms.get(choice - 1);
            return new Option(harm.fault(), "", () -> words + harm.words() + ", in " + cause.title());
        }
    }

    private record Reading(String group, StoredMessage first) implements Cause {

        @Override
        public String name() {
            return group + "<" + first.label();
        }

        @Override
        public String title() {
            return first.message().title() + " to " + group;
        }

        @Override
        public String start() {
            return "the handler";
        }

        @Override
        public String actor() {
            return group;
        }
    }
}
