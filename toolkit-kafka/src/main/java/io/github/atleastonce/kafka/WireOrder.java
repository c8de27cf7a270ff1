package io.github.atleastonce.kafka;

import io.github.atleastonce.channel.Dispatcher;
import io.github.atleastonce.kafka.GroupProgress.Progress;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn comes next among the groups that lack records. Another may go first (REORDER), or a group is not given a partition from some record on
 * until all else is quiet (DELAY): to the group the partition is slow, and what lies in it stays as it was written. Guarded by whoever has it.
 */
final class WireOrder {

    private final Run run;
    private final RunRecords records;
    private final Predicate<String> canWait;
    private final Dispatcher<ReadingLane> dispatcher;
    private final Map<WireTurn, ReadingLane> lanes = new HashMap<>();

    /** Asks of a group whether what it fetches can be held back. */
    WireOrder(Run run, RunRecords records, Predicate<String> canWait) {
        this.run = run;
        this.records = records;
        this.canWait = canWait;
        this.dispatcher = new Dispatcher<>(run);
    }

    /** Leaves out what is held back. */
    Progress visible(Progress progress) {
        return dispatcher.holding() ? progress.without(turn -> isHeld(turn, turn.position(progress))) : progress;
    }

    private boolean isHeld(WireTurn turn, long position) {
        ReadingLane lane = lanes.get(turn);
        return lane != null && dispatcher.isHeld(lane) && position >= lane.offset();
    }

    /**
     * Asks the schedule whose turn comes next.
     *
     * @param progress what groups lack and may be given
     * @param present whose turn it was: if it still lacks something, and does nothing, it may be waiting for one of the others
     * @return who is next, or null if nobody is
     */
    @Nullable
    WireTurn next(Progress progress, @Nullable WireTurn present) {
        List<WireTurn> all = WireTurn.of(progress);
        if (all.isEmpty()) {
            return null;
        }
        int last = all.indexOf(present);
        return last >= 0 ? giveAll(all.get((last + 1) % all.size()), progress) : pick(all, progress);
    }

    /** Gives a group what there is, and nothing of what is held back. */
    private WireTurn giveAll(WireTurn turn, Progress progress) {
        lane(turn).given(Math.min(turn.end(progress), limit(turn)));
        return turn;
    }

    private @Nullable WireTurn pick(List<WireTurn> all, Progress progress) {
        all.forEach(this::lane);
        WireTurn first = all.get(0);
        if (!canBePutOff(first, progress)) {
            return giveAll(first, progress);
        }
        boolean alone = all.size() == 1 && !canBeDelayed(first, first.position(progress), progress);
        ReadingLane next = alone ? lane(first) : pick(progress, all);
        if (next == null) {
            return null;
        }
        next.given(heldFrom(next, progress));
        return next.turn();
    }

    private @Nullable ReadingLane pick(Progress progress, List<WireTurn> all) {
        for (ReadingLane lane : dispatcher.lanes()) {
            if (all.contains(lane.turn()) && canBePutOff(lane.turn(), progress)) {
                lane.stand(lane.turn().position(progress));
            } else if (!dispatcher.isHeld(lane)) {
                lane.rest();
            }
        }
        Dispatcher.Pick<ReadingLane> pick = dispatcher.next();
        return pick == null ? null : pick.lane();
    }

    private ReadingLane lane(WireTurn turn) {
        return lanes.computeIfAbsent(turn, any -> {
            ReadingLane lane = new ReadingLane(turn, records);
            dispatcher.add(lane);
            dispatcher.lanes().sort(Comparator.comparing(ReadingLane::turn));
            return lane;
        });
    }

    /** Asks of each record but the first whether it is held back, and returns the offset at which a group has to stop. */
    private long heldFrom(ReadingLane lane, Progress progress) {
        WireTurn turn = lane.turn();
        long end = turn.end(progress);
        for (long offset : records.following(turn.partition(), turn.position(progress), end)) {
            if (canBeDelayed(turn, offset, progress)) {
                lane.stand(offset);
                if (dispatcher.next(other -> other == lane) == null) {
                    return offset;
                }
            }
        }
        return end;
    }

    private boolean canBePutOff(WireTurn turn, Progress progress) {
        ReadingLane lane = lane(turn);
        long position = turn.position(progress);
        if (lane.wasGiven(position) || dispatcher.isHeld(lane) || !records.reachBeyond(turn.partition(), position)) {
            return false;
        }
        return canWait.test(turn.group());
    }

    /** Names the groups that are given all they ask for. */
    void remarkOnOthers(Progress progress) {
        if (run.faults().wants(Fault.DELAY) || run.faults().wants(Fault.REORDER)) {
            progress.committed().keySet().stream()
                    .filter(canWait.negate())
                    .forEach(
                            group -> run.history()
                                    .caveats()
                                    .remark(
                                            "nothing is held back from group '" + group
                                                    + "', of which the proxy does not know all members, or not by a client.id of their own"));
        }
    }

    /** What the test sends is held back when it is published; that does for one group, and not for one of several. */
    private boolean canBeDelayed(WireTurn turn, long offset, Progress progress) {
        return !records.isOurs(turn.partition(), offset)
                || progress.committed().values().stream()
                                .filter(positions -> positions.containsKey(turn.partition()))
                                .count()
                        > 1;
    }

    /** Returns the offset from which a group is not given a partition at present. */
    long limit(WireTurn turn) {
        ReadingLane lane = lanes.get(turn);
        return lane != null && dispatcher.isHeld(lane) ? lane.offset() : Long.MAX_VALUE;
    }

    /** Takes note that a group is given what lies before an offset though it is not its turn, so that it is too late to hold that back. */
    void givenEarly(WireTurn reader, long before) {
        lane(reader).given(before);
    }

    boolean holding() {
        return dispatcher.holding();
    }

    /** Lets go of what was held back first. */
    void release() {
        dispatcher.release();
    }

    /** Does so though not all else is done, since somebody may be waiting for it. */
    void releaseEarly(String whoWaits) {
        List<ReadingLane> held =
                dispatcher.lanes().stream().filter(dispatcher::isHeld).toList();
        dispatcher.release();
        held.stream()
                .filter(lane -> !dispatcher.isHeld(lane))
                .forEach(lane -> run.history()
                        .caveats()
                        .remark("what DELAY held back from group '"
                                + lane.turn().group() + "' was let go before its time, since " + whoWaits
                                + " seemed to wait for it"));
    }

    /** Names what is held back. */
    List<String> held() {
        return dispatcher.lanes().stream()
                .filter(dispatcher::isHeld)
                .map(lane -> "records of " + lane + ", held back")
                .toList();
    }
}
