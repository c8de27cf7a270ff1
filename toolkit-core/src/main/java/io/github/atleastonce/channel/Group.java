package io.github.atleastonce.channel;

import io.github.atleastonce.message.Handler;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.schedule.Option;
import io.github.atleastonce.state.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/**
 * The members of a consumer group, which are the nodes of one service, mostly a single one, and what each of them reads: the same on every
 * transport that shares partitions itself. A partition belongs to one member. It goes to the others when that dies or falls out of the group, and
 * each gets its share again when all is quiet.
 *
 * @param <P> the transport's kind of partition
 */
@API(status = API.Status.INTERNAL)
public final class Group<P extends Group.Partition> {

    private final List<P> partitions;
    private final List<Handlers> members = new ArrayList<>(1);
    private final List<Handlers> away = new ArrayList<>(0);

    /** A partition that a member reads. */
    public interface Partition {

        /** {@return who reads it} */
        Handlers reader();

        /**
         * Gives this partition to another member; what was handled and is not confirmed comes again. Does nothing if that reads it already.
         *
         * @param next who reads it from now on
         */
        void moveTo(Handlers next);

        /** Lets what was handled and is not confirmed come again. */
        void rewindToConfirmed();
    }

    /**
     * Creates a group of one member.
     *
     * @param first the member, which reads all partitions
     * @param partitions the partitions, in order; may be added to until somebody joins
     */
    public Group(Handlers first, List<P> partitions) {
        members.add(first);
        this.partitions = partitions;
    }

    /**
     * Adds a handler of a life, which is a member from now on.
     *
     * @param present the life
     * @param type the type of payload to handle
     * @param handler handles the messages
     * @param <T> the type of payload
     */
    public <T> void join(Lifetime present, Class<T> type, Handler<T> handler) {
        for (Handlers member : members) {
            if (member.life().service().equals(present.service())) {
                member.add(present, type, handler);
                takeWhatNobodyReads(member);
                return;
            }
        }
        Handlers member = new Handlers(present);
        member.add(present, type, handler);
        members.add(member);
        balance();
    }

    /**
     * Lets a life leave that has died.
     *
     * @param dead the life
     * @return whether it was a member
     */
    public boolean leave(Lifetime dead) {
        boolean left = false;
        for (Handlers member : members) {
            if (member.forget(dead)) {
                handOver(member);
                left = true;
            }
        }
        return left;
    }

    /**
     * Says whether somebody else would read what a member reads, if that fell out of the group.
     *
     * @param member the member
     * @return whether there are others that read
     */
    public boolean hasOthers(Handlers member) {
        return members.size() > 1 && !others(member).isEmpty();
    }

    /**
     * Offers that the node which is about to get a message falls out of its group.
     *
     * @param run the run
     * @param member the node
     * @param message what it has in hand
     * @param out lets a life fall out of all groups of the transport
     * @return whether it falls out
     */
    public boolean offersToFallOut(Run run, Handlers member, StoredMessage message, Consumer<Lifetime> out) {
        if (!run.faults().offers(Fault.REBALANCE) || !hasOthers(member)) {
            return false;
        }
        Lifetime life = member.life();
        String phrase = life.service() + " falls out of its group with "
                + message.message().title() + " in hand";
        Option option = new Option(Fault.REBALANCE, "", () -> phrase);
        return run.faults()
                .choose(life.service() + "<" + message.label(), List.of(new Offer(option, () -> out.accept(life))));
    }

    /**
     * Lets a life fall out of the group: its partitions go to the others until all is quiet. Does nothing where there are no others.
     *
     * @param life the life
     */
    public void fallOut(Lifetime life) {
        for (Handlers member : members) {
            if (member.life() == life && hasOthers(member)) {
                away.add(member);
                handOver(member);
            }
        }
    }

    /** Lets those fall out of the group that do not move: they send no heartbeats either. */
    public void leaveStalled() {
        for (int i = 0; members.size() > 1 && i < members.size(); i++) {
            if (members.get(i).life().isStalled() && !away.contains(members.get(i))) {
                fallOut(members.get(i).life());
            }
        }
    }

    /** All is quiet: each member gets its share again. */
    public void settled() {
        if (members.size() > 1) {
            away.clear();
            balance();
        }
    }

    /**
     * Returns another member, to which a partition may be given while this one has not finished.
     *
     * @param member the member
     * @return the other one, or the same if there is none
     */
    public Handlers another(Handlers member) {
        List<Handlers> others = others(member);
        return others.isEmpty() ? member : others.get(0);
    }

    void capture(Snapshot into) {
        into.number(members.size()).number(away.size());
        away.forEach(member -> into.number(members.indexOf(member)));
        partitions.forEach(partition -> into.number(members.indexOf(partition.reader())));
        members.forEach(member -> member.capture(into));
    }

    private void balance() {
        List<Handlers> present = members.stream().filter(this::reads).toList();
        for (int i = 0; i < partitions.size() && !present.isEmpty(); i++) {
            partitions.get(i).moveTo(present.get(i % present.size()));
        }
    }

    /** What a member has handled and not confirmed comes again, to whoever reads its partitions now. */
    private void handOver(Handlers member) {
        List<Handlers> others = others(member);
        for (int i = 0; i < partitions.size(); i++) {
            P partition = partitions.get(i);
            if (partition.reader() == member) {
                partition.rewindToConfirmed();
                if (!others.isEmpty()) {
                    partition.moveTo(others.get(i % others.size()));
                }
            }
        }
    }

    private void takeWhatNobodyReads(Handlers member) {
        for (P partition : partitions) {
            if (!reads(partition.reader())) {
                partition.moveTo(member);
            }
        }
    }

    private List<Handlers> others(Handlers member) {
        return members.stream().filter(other -> other != member && reads(other)).toList();
    }

    private boolean reads(Handlers member) {
        return !member.isEmpty() && !away.contains(member);
    }
}
