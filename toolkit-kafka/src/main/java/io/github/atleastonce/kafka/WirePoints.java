package io.github.atleastonce.kafka;

import io.github.atleastonce.explore.DisturbedException;
import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.kafka.proxy.Append;
import io.github.atleastonce.kafka.proxy.Verdict;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Faults;
import io.github.atleastonce.schedule.Alternatives;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The places at which something goes wrong between a client and the broker. */
final class WirePoints {

    private final Faults faults;
    private final Optional<Runnable> restarting;
    private final boolean several;
    private final AtomicInteger outages = new AtomicInteger();

    /** One fault of a place, in words. */
    private record Harm(Fault fault, String argument, Verdict verdict, String words) {

        Harm(Fault fault, Verdict verdict, String words) {
            this(fault, "", verdict, words);
        }

        boolean isUnwritten() {
            return verdict == Verdict.FAIL || verdict == Verdict.LOSE || isOutage();
        }

        boolean isOutage() {
            return this == OUTAGE;
        }
    }

    private static final Set<Fault> OF_APPLICATIONS = Set.of(Fault.DROP, Fault.BROKER_UNAVAILABLE);

    private static final Harm OUTAGE = new Harm(
            Fault.BROKER_UNAVAILABLE,
            "restart",
            Verdict.CUT,
            " did not reach the broker, which was stopped and started again");

    private static final List<Harm> OF_APPENDS = List.of(
            new Harm(Fault.SEND_FAILED, Verdict.FAIL, " failed"),
            new Harm(Fault.SEND_UNCERTAIN, Verdict.LOSE_ANSWER, " failed, and was written all the same"),
            new Harm(Fault.DUPLICATE, Verdict.TWICE, " was written twice"),
            new Harm(Fault.DROP, Verdict.LOSE, " was acknowledged, and lost"),
            new Harm(
                    Fault.BROKER_UNAVAILABLE,
                    Verdict.CUT_AFTER,
                    " was written, and the connection was cut before the answer"),
            OUTAGE);

    private static final List<Harm> OF_COMMITS = List.of(
            new Harm(Fault.REDELIVERY, Verdict.EVICT, " failed, since the group had been rebalanced"),
            new Harm(Fault.COMMIT_FAILED, Verdict.LOSE_ANSWER, " failed, and was made all the same"),
            new Harm(Fault.BROKER_UNAVAILABLE, Verdict.CUT, " did not reach the broker, since the connection was cut"),
            OUTAGE);

    private static final List<Harm> OF_APPLICATIONS_APPENDS = OF_APPENDS.stream()
            .filter(harm -> OF_APPLICATIONS.contains(harm.fault()))
            .toList();

    private static final List<Harm> OF_APPLICATIONS_COMMITS = OF_COMMITS.stream()
            .filter(harm -> OF_APPLICATIONS.contains(harm.fault()))
            .toList();

    private static final List<Harm> OF_DELIVERIES =
            List.of(new Harm(Fault.REBALANCE, Verdict.EVICT, " to a member whose partitions are given away meanwhile"));

    /** Knows what stops the broker and starts it again, if that can be done, and whether there are others meanwhile. */
    WirePoints(Faults faults, Optional<Runnable> restarting, boolean several) {
        this.faults = faults;
        this.restarting = restarting;
        this.several = several;
    }

    Cause cause(String group, StoredMessage first) {
        return new Reading(group, first);
    }

    /** Says whether a fault of appends was asked for. */
    boolean wantsAppends() {
        return OF_APPENDS.stream().map(Harm::fault).anyMatch(faults::wants);
    }

    /** What the broker may have already cannot be kept from it. */
    Verdict append(Cause cause, Append batch) {
        String topic = batch.topic();
        List<Harm> possible = OF_APPENDS.stream()
                .filter(harm -> !batch.again() || !harm.isUnwritten())
                .toList();
        return choose(cause, new Step.Send(topic).name(), "send to " + topic, possible);
    }

    /** The errors that a producer of the application reports are places of their own. */
    Verdict appendOfApplication(Cause cause, String topic) {
        return choose(cause, new Step.Send(topic).name(), "send to " + topic, OF_APPLICATIONS_APPENDS);
    }

    Verdict commit(Cause cause) {
        return choose(cause, "commit offsets", "commit of offsets", OF_COMMITS);
    }

    /** What a consumer of the application is told of its commits is a place of its own. */
    Verdict commitOfApplication(Cause cause) {
        return choose(cause, "commit offset", "commit of offsets", OF_APPLICATIONS_COMMITS);
    }

    Verdict delivery(Cause cause) {
        return choose(cause, "fetch", "records are given", OF_DELIVERIES);
    }

    private Verdict choose(Cause cause, String step, String words, List<Harm> possible) {
        List<Harm> offered = new ArrayList<>();
        for (Harm harm : possible) {
            if (faults.offers(harm.fault()) && (!harm.isOutage() || restarting.isPresent())) {
                offered.add(harm);
            }
        }
        if (offered.isEmpty()) {
            return Verdict.PASS;
        }
        Harm chosen = faults.choose(new WirePoint(cause, step, words, List.copyOf(offered), several));
        if (chosen == null) {
            return Verdict.PASS;
        }
        if (chosen.isOutage()) {
            restarting.ifPresent(WirePoints::restart);
            outages.incrementAndGet();
        }
        return chosen.verdict();
    }

    /** Tells how often the broker was stopped and started again. */
    int outages() {
        return outages.get();
    }

    private static void restart(Runnable restarting) {
        try {
            restarting.run();
        } catch (RuntimeException failure) {
            throw new DisturbedException(
                    "The Kafka broker could not be stopped and started again: " + failure.getMessage(),
                    "Look what has become of the broker, and run the test again.",
                    failure);
        }
    }

    private record WirePoint(Cause cause, String step, String words, List<Harm> harms, boolean several)
            implements Alternatives<Harm> {

        @Override
        public String name() {
            return cause.name() + "/" + step;
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
            return new Option(harm.fault(), harm.argument(), () -> words + told(harm) + ", in " + cause.title());
        }

        private String told(Harm harm) {
            return harm.isOutage() && several
                    ? " did not reach the broker, and all brokers were stopped and started again, one after another"
                    : harm.words();
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
