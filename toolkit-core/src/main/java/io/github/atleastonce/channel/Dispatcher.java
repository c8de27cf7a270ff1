package io.github.atleastonce.channel;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Alternatives;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import io.github.atleastonce.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Decides which lane moves next, and offers the faults that happen before a delivery: REORDER and DELAY. Without a fault messages
 * go in the order in which they were appended. Transports build on it.
 *
 * @param <L> the transport's kind of lane
 */
@API(status = API.Status.INTERNAL)
public final class Dispatcher<L extends Lane> {

    /**
     * What comes next.
     *
     * @param lane the lane that moves
     * @param message its message
     * @param <L> the kind of lane
     */
    public record Pick<L extends Lane>(L lane, StoredMessage message) {}

    private static final Predicate<Lane> ANY = lane -> true;

    private final Run run;
    private final List<L> lanes = new ArrayList<>();
    private final List<Held<L>> held = new ArrayList<>(0);
    private @Nullable StoredMessage released;

    /**
     * A message that does not move, and all behind it where its lane keeps an order.
     *
     * @param due when it is tried again, or null if a DELAY holds it
     */
    private record Held<L>(
            L lane, StoredMessage message, @Nullable Instant due) {}

    /**
     * Creates a dispatcher.
     *
     * @param run the run
     */
    public Dispatcher(Run run) {
        this.run = run;
    }

    /**
     * Adds a lane; among messages of the same append the lane added first goes first.
     *
     * @param lane the lane
     */
    public void add(L lane) {
        lanes.add(lane);
    }

    /**
     * Returns the lanes.
     *
     * @return a live list in the order of addition
     */
    public List<L> lanes() {
        return lanes;
    }

    /**
     * Picks the next delivery.
     *
     * @return lane and message, or null if nothing can move
     */
    public @Nullable Pick<L> next() {
        return next(ANY);
    }

    /**
     * Picks the next delivery on some of the lanes.
     *
     * @param moving says of a lane whether it may move now
     * @return lane and message, or null if nothing can move there
     */
    public @Nullable Pick<L> next(Predicate<? super L> moving) {
        while (true) {
            L first = null;
            StoredMessage message = null;
            for (int i = 0; i < lanes.size(); i++) {
                L lane = lanes.get(i);
                StoredMessage head = moving.test(lane) ? free(lane) : null;
                if (head != null && (message == null || head.sequence() < message.sequence())) {
                    first = lane;
                    message = head;
                }
            }
            if (first == null || message == null) {
                return null;
            }
            Pick<L> pick = new Pick<>(first, message);
            boolean reorder = run.faults().offers(Fault.REORDER);
            boolean delay = run.faults().offers(Fault.DELAY) && message != released;
            if (!reorder && !delay) {
                return pick;
            }
            List<Pick<L>> others = reorder ? others(pick, moving) : List.of();
            if (others.isEmpty() && !delay) {
                return pick;
            }
            Integer choice = run.faults().choose(PickPoint.of(pick, others, delay));
            if (choice == null) {
                return pick;
            }
            if (choice <= others.size()) {
                return others.get(choice - 1);
            }
            held.add(new Held<>(first, message, null));
        }
    }

    /**
     * Lets a message come again once all else is quiet and time has passed, as a consumer does that backs off. Those behind it wait with it
     * where the lane keeps its order, and nowhere else.
     *
     * @param lane the lane
     * @param message the message
     * @param due when it comes again; among several the earliest goes first
     */
    public void backOff(L lane, StoredMessage message, Instant due) {
        if (!isHeld(lane, message)) {
            held.add(new Held<>(lane, message, due));
        }
    }

    /**
     * Says whether something of a lane does not move for the time being.
     *
     * @param lane the lane
     * @return whether it is held, as a whole where it keeps its order
     */
    public boolean isHeld(L lane) {
        return held.stream().anyMatch(one -> one.lane() == lane);
    }

    private boolean isHeld(L lane, StoredMessage message) {
        for (int i = 0; i < held.size(); i++) {
            Held<L> one = held.get(i);
            if (one.lane() == lane && (one.message() == message || lane.keepsOrder())) {
                return true;
            }
        }
        return false;
    }

    /** Returns what comes next on a lane and is not held. */
    private @Nullable StoredMessage free(L lane) {
        StoredMessage head = lane.head();
        if (head == null || held.isEmpty() || !isHeld(lane, head)) {
            return head;
        }
        for (StoredMessage overtaker : lane.overtakers()) {
            if (!isHeld(lane, overtaker)) {
                return overtaker;
            }
        }
        return null;
    }

    /**
     * Returns what could be delivered now, in the order of the lanes.
     *
     * @return each lane that is not held, with the first message on it that is not held
     */
    public List<Pick<L>> ready() {
        List<Pick<L>> ready = new ArrayList<>();
        for (L lane : lanes) {
            StoredMessage head = free(lane);
            if (head != null) {
                ready.add(new Pick<>(lane, head));
            }
        }
        return ready;
    }

    /**
     * Says whether something is held.
     *
     * @return whether {@link #release()} would let one go
     */
    public boolean holding() {
        return !held.isEmpty();
    }

    /**
     * Says whether what {@link #release()} lets go only waits for its next attempt.
     *
     * @return whether no DELAY holds it
     */
    public boolean backsOff() {
        return !held.isEmpty() && held.get(0).due() != null;
    }

    /** Lets go what a DELAY has held first; before that, what had to be tried again by then, the earliest first. */
    public void release() {
        Held<L> next = held.get(0);
        for (Held<L> other : next.due() == null ? List.<Held<L>>of() : held) {
            if (other.due() != null && other.due().isBefore(next.due())) {
                next = other;
            }
        }
        held.remove(next);
        released = next.lane().keepsOrder() ? next.lane().head() : next.message();
    }

    /** Says what is held. */
    void capture(Snapshot into) {
        for (Held<L> each : held) {
            into.number(lanes.indexOf(each.lane()))
                    .text(each.message().label().toString())
                    .text(each.message().kind().name())
                    .text(
                            each.due() == null
                                    ? "waits"
                                    : Duration.between(run.clock().now(), each.due())
                                            .toString());
        }
    }

    /** Says whether a message was let go last, so that no DELAY holds it again. */
    boolean wasReleased(StoredMessage message) {
        return message == released;
    }

    private List<Pick<L>> others(Pick<L> pick, Predicate<? super L> moving) {
        List<Pick<L>> others = new ArrayList<>();
        for (L lane : lanes) {
            StoredMessage head = free(lane);
            if (head == null || !moving.test(lane)) {
                continue;
            }
            if (lane != pick.lane()) {
                others.add(new Pick<>(lane, head));
            }
            for (StoredMessage overtaker : lane.overtakers()) {
                if (overtaker != head && !isHeld(lane, overtaker)) {
                    others.add(new Pick<>(lane, overtaker));
                }
            }
        }
        return others;
    }

    /** The pick of a delivery: another goes instead, or the lane is held. Keeps names and no lanes, which would hold on to the run. */
    private record PickPoint(String name, List<Option> all) implements Alternatives<Integer> {

        static PickPoint of(Pick<?> pick, List<? extends Pick<?>> others, boolean delay) {
            String title = pick.lane().title(pick.message());
            List<Option> all = new ArrayList<>(others.size() + 1);
            for (Pick<?> other : others) {
                String first = other.lane().title(other.message());
                all.add(new Option(
                        Fault.REORDER, other.lane().name(other.message()), () -> first + " goes before " + title));
            }
            if (delay) {
                all.add(new Option(Fault.DELAY, "", () -> title + " held back until all else was done"));
            }
            return new PickPoint(pick.lane().name(pick.message()), all);
        }

        @Override
        public int options() {
            return all.size();
        }

        @Override
        public Integer alternative(int choice) {
            return choice;
        }

        @Override
        public Option option(int choice) {
            return all.get(choice - 1);
        }
    }
}
