package io.github.atleastonce.channel;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.state.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * A consumer group that reads a channel: its members, which are the nodes of one service, mostly a single one, and a position in each
 * partition, which outlives them. A partition belongs to one member. It goes to the others when that dies or falls out of the group, and each
 * gets its share again when all is quiet.
 */
final class Subscription {

    private final History history;
    private final ChannelLog log;
    private final String group;
    private final List<Position> positions;
    private final List<Handlers> members = new ArrayList<>(1);
    private final List<Handlers> away = new ArrayList<>(0);

    Subscription(History history, ChannelLog log, Lifetime life, ChannelOptions options) {
        this.history = history;
        this.log = log;
        this.group = life.group();
        Handlers first = new Handlers(life);
        members.add(first);
        this.positions = new ArrayList<>(log.partitions());
        for (int partition = 0; partition < log.partitions(); partition++) {
            positions.add(new Position(this, first, log.partition(partition), options));
        }
    }

    boolean is(String reader, String channel) {
        return group.equals(reader) && log.name().equals(channel);
    }

    <T> void join(Lifetime present, Class<T> type, Handler<T> handler) {
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

    void leave(Lifetime dead) {
        for (Handlers member : members) {
            if (member.forget(dead)) {
                handOver(member);
            }
        }
    }

    void confirmed(Position position, int offset) {
        history.add(new Event.Committed(group, log.name(), positions.indexOf(position), offset));
    }

    /** Says whether somebody else would read what a member reads, if that fell out of the group. */
    boolean hasOthers(Handlers member) {
        return members.size() > 1 && !others(member).isEmpty();
    }

    /** Lets a life fall out of the group: its partitions go to the others until all is quiet. */
    void fallOut(Lifetime life) {
        for (Handlers member : members) {
            if (member.life() == life && hasOthers(member)) {
                away.add(member);
                handOver(member);
            }
        }
    }

    /** Lets those fall out of the group that do not move: they send no heartbeats either. */
    void leaveStalled() {
        for (int i = 0; members.size() > 1 && i < members.size(); i++) {
            if (members.get(i).life().isStalled() && !away.contains(members.get(i))) {
                fallOut(members.get(i).life());
            }
        }
    }

    /** Confirms what was handled, and gives each member its share again. */
    void settled() {
        positions.forEach(Position::confirm);
        if (members.size() > 1) {
            away.clear();
            balance();
        }
    }

    /** Another member, to which a partition may be given while this one has not finished; the same one if there is none. */
    Handlers another(Handlers member) {
        List<Handlers> others = others(member);
        return others.isEmpty() ? member : others.get(0);
    }

    List<Position> positions() {
        return positions;
    }

    private void balance() {
        List<Handlers> present = members.stream().filter(this::reads).toList();
        for (int i = 0; i < positions.size() && !present.isEmpty(); i++) {
            positions.get(i).moveTo(present.get(i % present.size()));
        }
    }

    /** What a member has handled and not confirmed comes again, to whoever reads its partitions now. */
    private void handOver(Handlers member) {
        List<Handlers> others = others(member);
        for (int i = 0; i < positions.size(); i++) {
            Position position = positions.get(i);
            if (position.reader() == member) {
                position.rewindToConfirmed();
                if (!others.isEmpty()) {
                    position.moveTo(others.get(i % others.size()));
                }
            }
        }
    }

    private void takeWhatNobodyReads(Handlers member) {
        for (Position position : positions) {
            if (!reads(position.reader())) {
                position.moveTo(member);
            }
        }
    }

    private List<Handlers> others(Handlers member) {
        return members.stream().filter(other -> other != member && reads(other)).toList();
    }

    private boolean reads(Handlers member) {
        return !member.isEmpty() && !away.contains(member);
    }

    void capture(Snapshot into) {
        into.text(group).text(log.name()).number(members.size()).number(away.size());
        members.forEach(member -> member.capture(into));
    }

    void nameLeftovers(List<String> leftovers) {
        for (Position position : positions) {
            StoredMessage next = position.next();
            if (next != null) {
                String what = next.message().title() + " at " + next.position() + ", not handled by " + group;
                leftovers.add(position.listens() ? what : what + ", which no longer subscribes to it");
            }
        }
    }
}
