package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.kafka.GroupProgress.Progress;
import io.github.atleastonce.kafka.proxy.Commit;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Who has the turn, why it is at work, and how far it has come. Of groups that are hosted by the run no more than that: they tell what they do where they do
 * it. Guarded by whoever has it.
 */
final class PresentTurn {

    private static final String LEFT_ALONE =
            "what services on threads of their own send and commit came in no certain order, and met no fault";

    private static final Set<Fault> OF_THE_WIRE = Set.of(
            Fault.REDELIVERY,
            Fault.COMMIT_FAILED,
            Fault.REBALANCE,
            Fault.BROKER_UNAVAILABLE,
            Fault.SEND_FAILED,
            Fault.SEND_UNCERTAIN);

    private final Run run;
    private final RunRecords records;
    private final WirePoints points;
    private final HostedTasks hosted;
    private final WireLives lives;
    private final Map<WireTurn, Long> committed = new HashMap<>();
    private final Map<WireTurn, Long> said = new HashMap<>();
    private final Map<String, Asked> asked = new HashMap<>(1);
    private final Set<String> passedOver = new HashSet<>(1);
    private @Nullable WireTurn turn;
    private @Nullable Cause cause;
    private boolean delivered;
    private long told;
    private long end;

    /** What a group has asked the broker to commit, and when. */
    private record Asked(Map<TopicPartition, Long> offsets, long at) {}

    PresentTurn(Run run, RunRecords records, WirePoints points) {
        this.run = run;
        this.records = records;
        this.points = points;
        this.hosted = HostedTasks.of(run);
        this.lives = WireLives.of(run);
    }

    @Nullable
    WireTurn get() {
        return turn;
    }

    /** Says whether a listener of the application has it, which the run resumes. */
    boolean isOfListener() {
        return turn != null && hosted.areOf(turn.group());
    }

    /** Says whether such a listener has it as a member of a group. */
    boolean isOfListener(String group) {
        return turn != null && turn.group().equals(group) && isOfListener();
    }

    /** Gives the turn to somebody, or to nobody. */
    void begin(@Nullable WireTurn next, Progress progress) {
        if (turn != null && !hosted.areOf(turn.group()) && WireTurn.of(progress).contains(turn)) {
            passedOver.add(turn.group());
        }
        passedOver.retainAll(progress.lacking().keySet());
        if (next != null) {
            passedOver.remove(next.group());
        }
        if (next == null || !next.equals(turn)) {
            sayHowFar(turn);
            turn = next;
            cause = null;
            delivered = false;
        }
        if (next != null) {
            offerToLeaveAlone(next);
            end = next.end(progress);
            said.putIfAbsent(next, committed.merge(next, next.position(progress), Math::max));
            cause(next);
        }
    }

    /** Who works on threads of his own may send at any moment, or wait for another one; a process cannot be left alone, since it dies by the wire. */
    private void offerToLeaveAlone(WireTurn next) {
        if (!hosted.areOf(next.group()) && !lives.haveEntrances()) {
            run.history().caveats().fallback().offer(LEFT_ALONE, OF_THE_WIRE);
        }
    }

    /**
     * Says whether a commit is to wait: of a group that had the turn and did nothing, so that another one was given it, until it has it again; and of one
     * whose last commit is not answered yet, since a clock commits twice what takes longer than it.
     */
    boolean holdsBack(Commit commit) {
        if (passedOver.contains(commit.group())) {
            return true;
        }
        Asked last = asked.get(commit.group());
        return last != null
                && last.offsets().equals(commit.offsets())
                && System.nanoTime() - last.at() < run.bounds().arrivalTimeout().toNanos();
    }

    /** Takes note of a commit that goes to the broker. */
    void goes(Commit commit) {
        asked.put(commit.group(), new Asked(commit.offsets(), System.nanoTime()));
    }

    /** Takes the turn from whoever has died in it. */
    void lose() {
        turn = null;
        cause = null;
    }

    /** Returns why a group does what it does now: it was given the record after the last one that it has committed, if there is one. */
    Cause cause(WireTurn present) {
        long position = committed.getOrDefault(present, 0L);
        Cause why = cause;
        if (why == null || position != told && position < end) {
            sayHowFar(present);
            StoredMessage first = records.at(present.partition(), position);
            why = points.cause(present.group(), first);
            told = position;
            cause = why;
            // Who is hosted tells himself what he is given.
            if (!hosted.areOf(present.group())) {
                run.history().add(new WireEvent(present.group(), first));
            }
        }
        return why;
    }

    /** Tells what a group has committed where that is no matter of chance: before it is given more, and when it has the turn no more. */
    private void sayHowFar(@Nullable WireTurn whose) {
        if (whose == null || hosted.areOf(whose.group())) {
            return;
        }
        long position = committed.getOrDefault(whose, 0L);
        Long before = said.put(whose, position);
        if (before != null && before < position) {
            TopicPartition partition = whose.partition();
            run.history()
                    .add(new Event.Committed(
                            whose.group(),
                            partition.topic(),
                            partition.partition(),
                            records.place(partition, position)));
        }
    }

    boolean isOf(WireTurn reader) {
        return reader.equals(turn) && cause != null;
    }

    /** Says whether what was fetched holds all that was there when the turn began. */
    boolean isWhole(long ended) {
        return ended >= end;
    }

    /** Says whether somebody who has the turn is given something for the first time in it. */
    boolean isFirstGiven(WireTurn reader) {
        boolean first = !delivered && reader.equals(turn) && !hosted.areOf(reader.group());
        delivered |= first;
        return first;
    }

    /** A commit that says nothing new is none to be lost. */
    boolean advances(Commit commit) {
        WireTurn present = turn;
        if (present == null || !present.group().equals(commit.group()) || hosted.areOf(commit.group())) {
            return false;
        }
        Long offset = commit.offsets().get(present.partition());
        return offset != null && offset > committed.getOrDefault(present, 0L);
    }

    /** Takes note of the answer to a commit. */
    void answered(Commit commit, boolean done) {
        asked.remove(commit.group());
        WireTurn present = turn;
        if (done && present != null && present.group().equals(commit.group())) {
            Long offset = commit.offsets().get(present.partition());
            committed.merge(present, offset == null ? 0L : offset, Math::max);
        }
    }
}
