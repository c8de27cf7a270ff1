package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.kafka.NodeBalance;
import io.github.atleastonce.kafka.NodeMembers;
import io.github.atleastonce.run.Activity;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.schedule.Option;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The listeners of a run that are nodes of one service: members of one group, which the broker shares partitions among. Who falls out of it, dies or
 * stalls is forgotten by the broker at once, and the others go on when they have got what it had. It comes back when all is quiet. So groups
 * balance themselves only while nobody is at work, and that is no matter of chance.
 */
final class SharingNodes implements Activity {

    private static final long LOOK_NANOS = 2_000_000;

    private final Run run;
    private final NodeMembers broker;
    private final HostedTasks tasks;
    private final List<ListenerHost> members = new ArrayList<>(2);
    private final List<ListenerHost> absent = new ArrayList<>(2);
    private final List<ListenerHost> dead = new ArrayList<>(1);
    private boolean begun;
    private boolean changed;

    private SharingNodes(Run run) {
        this.run = run;
        this.broker = NodeMembers.of(run).orElseThrow();
        this.tasks = HostedTasks.of(run);
    }

    static SharingNodes of(Run run) {
        return run.belonging(SharingNodes.class, SharingNodes::joining);
    }

    private static SharingNodes joining(Run run) {
        SharingNodes nodes = new SharingNodes(run);
        run.join(nodes);
        NodeBalance.by(run, nodes::balance);
        return nodes;
    }

    /** Takes a listener in whose life begins. It joins its group once all is quiet, the first ones at the beginning. */
    void add(ListenerHost host) {
        broker.remove(host.name(), host.instances()); // one that did not end well
        absent.add(host);
    }

    /** Says whether another node could go on in place of one. */
    private boolean hasOthers(ListenerHost host) {
        return members.stream().anyMatch(other -> other != host && other.name().equals(host.name()));
    }

    /** Offers that a node falls out of its group, which is about to get what it has polled: then another one does. */
    boolean offersToFallOut(ListenerHost host, Cause next) {
        if (!run.faults().offers(Fault.REBALANCE) || !hasOthers(host)) {
            return false;
        }
        String phrase = next.actor() + " falls out of its group before " + next.title();
        return run.faults()
                .choose(
                        next.name(),
                        List.of(new Offer(new Option(Fault.REBALANCE, "", () -> phrase), () -> fallOut(host))));
    }

    private void fallOut(ListenerHost host) {
        if (members.remove(host)) {
            host.fallOut();
            absent.add(host);
            broker.remove(host.name(), host.instances());
            changed = true;
        }
    }

    @Override
    public boolean advance() {
        balance();
        return false;
    }

    private void balance() {
        if (!begun) {
            begun = true;
            letComeBack();
        }
        for (ListenerHost host : List.copyOf(members)) {
            if (host.life().filter(Lifetime::isStalled).isPresent() && hasOthers(host)) {
                fallOut(host);
            }
        }
        if (changed) {
            changed = false;
            awaitAssignments();
        }
    }

    private void letComeBack() {
        for (ListenerHost host : List.copyOf(absent)) {
            if (host.life().filter(Lifetime::isStalled).isEmpty()) {
                absent.remove(host);
                dead.removeIf(former -> former.instances().equals(host.instances()));
                members.add(host);
                host.comeBack();
                // One after the other: an assignor may look at what was there before.
                awaitAssignments();
            }
        }
    }

    /** Waits until each group has found out who reads what. Whoever has records at hand lets them go, since they may be another's now. */
    private void awaitAssignments() {
        long deadline = System.nanoTime() + run.bounds().rebalanceTimeout().toNanos();
        members.forEach(host -> host.findOut(true));
        try {
            while (!members.stream().map(ListenerHost::name).distinct().allMatch(this::isAssigned)) {
                members.forEach(tasks::sendAway);
                // One that waited for records when it died may have joined once more before it was closed.
                dead.forEach(host -> broker.remove(host.name(), host.instances()));
                LockSupport.parkNanos(LOOK_NANOS);
                if (System.nanoTime() > deadline) {
                    throw new NotSettledException(
                            Bound.REBALANCE_TIMEOUT.in(run.bounds()),
                            List.of("the group of "
                                    + members.stream()
                                            .map(host -> host.life()
                                                    .map(Lifetime::service)
                                                    .orElse(host.name()))
                                            .toList()
                                    + ", in which partitions are given to other nodes"));
                }
            }
            members.forEach(tasks::sendAway);
        } finally {
            members.forEach(host -> host.findOut(false));
        }
    }

    /** The broker has to know them all, and each of them what it has got. */
    private boolean isAssigned(String group) {
        List<ListenerHost> all =
                members.stream().filter(host -> host.name().equals(group)).toList();
        Set<TopicPartition> assigned = new HashSet<>();
        int sum = 0;
        int some = 0;
        for (ListenerHost host : all) {
            Set<TopicPartition> own = host.assigned();
            assigned.addAll(own);
            sum += own.size();
            some += own.isEmpty() ? 0 : 1;
        }
        int wanted = partitions(all);
        return sum == wanted
                && assigned.size() == wanted
                && some == Math.min(wanted, all.size())
                && broker.areStable(group, all.size());
    }

    private static int partitions(List<ListenerHost> all) {
        return all.stream().mapToInt(ListenerHost::allPartitions).max().orElse(0);
    }

    @Override
    public void settled() {
        if (!absent.isEmpty()) {
            letComeBack();
        }
    }

    @Override
    public void died(Lifetime life) {
        absent.removeIf(host -> host.life().filter(life::equals).isPresent());
        for (ListenerHost host : List.copyOf(members)) {
            if (host.life().filter(life::equals).isPresent()) {
                members.remove(host);
                host.fallOut();
                broker.remove(host.name(), host.instances());
                dead.add(host);
                changed = true;
            }
        }
    }

    @Override
    public void close() {
        members.forEach(host -> broker.remove(host.name(), host.instances()));
    }

    @Override
    public boolean holding() {
        return false;
    }

    @Override
    public void release() {
        // A DELAY holds messages, not members.
    }

    @Override
    public void offerLate(Consumer<Offer> late) {
        // Nothing happens late to a group.
    }

    @Override
    public List<String> leftovers() {
        return List.of();
    }
}
