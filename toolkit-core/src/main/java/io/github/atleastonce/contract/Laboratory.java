package io.github.atleastonce.contract;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.Distribution;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Explorer;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Plan;
import io.github.atleastonce.schedule.PlannedSchedule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Runs small flows on a transport, and observes them. */
final class Laboratory {

    /** One flow. */
    @FunctionalInterface
    interface Flow {

        void perform(Bench bench) throws Exception;
    }

    /** What a flow works with in one run. */
    static final class Bench {

        final Scenario scenario;
        final List<Arrival> arrivals = new ArrayList<>();

        Bench(Scenario scenario) {
            this.scenario = scenario;
        }

        /** Notes what a group gets, and then lets it do something. */
        void group(String name, String channel, Reaction reaction) {
            scenario.service(name, life -> subscribe(life, name, channel, reaction));
        }

        /** Notes what a group of two nodes gets, and then lets the one that gets it do something. */
        void nodes(String name, String channel, Reaction reaction) {
            scenario.nodes(name, 2, life -> subscribe(life, name, channel, reaction));
        }

        private Life subscribe(Life life, String name, String channel, Reaction reaction) {
            life.subscribe(channel, Message.class, message -> {
                arrivals.add(new Arrival(
                        name, life.service(), message, scenario.clock().instant()));
                reaction.on(life, message);
            });
            return life;
        }

        void send(String channel, Message message) {
            scenario.channel(channel).send(message);
        }
    }

    /** What a group does with a message. */
    @FunctionalInterface
    interface Reaction {

        Reaction NONE = (life, message) -> {};

        void on(Life life, Message message) throws Exception;
    }

    private static final int PARTITIONS = 3;

    private final TransportFactory factory;
    private final Bounds bounds;

    Laboratory(TransportFactory factory) {
        this.factory = factory;
        this.bounds = factory.bounds().withMaxFaults(1);
    }

    /** Returns a copy of the faults that the transport declares. */
    Set<Fault> declared() {
        Set<Fault> declared = EnumSet.noneOf(Fault.class);
        declared.addAll(factory.capabilities().faults());
        return declared;
    }

    /** Says whether a fault happens only among the nodes of a service. */
    boolean wantsNodes(Fault fault) {
        return factory.amongNodes().contains(fault);
    }

    boolean keepsOrder() {
        return factory.capabilities().ordering() == Ordering.PARTITION;
    }

    boolean isOfQueues() {
        return factory.capabilities().distribution() == Distribution.ONE_CONSUMER;
    }

    /** Says whether the transport lets a test declare what a channel is like. */
    boolean takesDeclarations(String channel) {
        boolean[] takes = new boolean[1];
        Observation observation = once(bench -> {
            try {
                bench.scenario.channel(channel, ChannelOptions.partitions(PARTITIONS));
                takes[0] = true;
            } catch (UsageException refused) {
                takes[0] = false;
            }
        });
        if (observation.failure() != null) {
            throw new AssertionError(
                    "declare must work, or refuse with a UsageException, but threw " + observation.failure(),
                    observation.failure());
        }
        return takes[0];
    }

    /** Runs a flow without a fault. */
    Observation once(Flow flow) {
        return explore(EnumSet.noneOf(Fault.class), flow).get(0);
    }

    /** Runs a flow without a fault and under every schedule with one. */
    List<Observation> explore(Set<Fault> faults, Flow flow) {
        List<Observation> observations = new ArrayList<>();
        Explorer explorer = new Explorer(faults.isEmpty() ? 0 : 1);
        for (var next = explorer.next(); next.isPresent(); next = explorer.next()) {
            Plan plan = next.get();
            PlannedSchedule schedule = plan.schedule(faults.isEmpty() ? 0 : 1);
            Observation observation = observe(new Run(schedule, faults, bounds, new Caveats()), flow);
            schedule.divergence().ifPresent(how -> {
                throw new AssertionError("Equal schedules must run equally, but " + how + "; " + observation);
            });
            observations.add(observation);
            explorer.completed(schedule.trace());
        }
        return observations;
    }

    private Observation observe(Run run, Flow flow) {
        Bench bench = new Bench(Scenario.open(run, factory));
        Throwable failure = null;
        try {
            flow.perform(bench);
        } catch (VirtualMachineError broken) {
            throw broken;
        } catch (Throwable thrown) {
            failure = thrown;
        }
        List<String> leftovers = run.close();
        return new Observation(bench.arrivals, run.history(), run.schedule().trace(), leftovers, failure);
    }
}
