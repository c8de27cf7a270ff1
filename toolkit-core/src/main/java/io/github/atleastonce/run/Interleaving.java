package io.github.atleastonce.run;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.schedule.Option;
import io.github.atleastonce.task.Task;
import io.github.atleastonce.task.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets several things happen at once, one task of them at a time: another is switched to only after an I/O step, when the
 * schedule says so, or when the running one has to wait for what another holds. Each switch by the schedule is one fault,
 * so few are tried first (the idea of bounding pre-emptions is CHESS's, Musuvathi and Qadeer 2007).
 */
final class Interleaving {

    /** How many things happen at once at the most. */
    private static final int MOST = 3;

    private final CurrentWork current;
    private final Tasks<Work> tasks;
    private final Faults faults;
    private final Bounds bounds;
    private final Consumer<Consumer<Offer>> beginners;
    /** Tasks that the schedule has switched to, and that have not taken a step since. */
    private List<Task<Work>> chosen = List.of();

    /** The first task has ended and only waits for the others, so there is nothing in which it could go on. */
    private boolean finishing;

    Interleaving(CurrentWork current, Faults faults, Bounds bounds, Consumer<Consumer<Offer>> beginners) {
        this.current = current;
        this.tasks = current.tasks();
        this.faults = faults;
        this.bounds = bounds;
        this.beginners = beginners;
    }

    /**
     * Comes here before the first step of a cause that began alone: where every interleaving is wanted, another may take the first
     * step. The same thing twice is the same whichever of the two comes first.
     */
    void beginning() {
        if (bounds.everyInterleaving() && !tasks.areSeveral() && tasks.isRunningHere()) {
            offerSwitches(null);
        }
    }

    /** Comes here after each step: lets the schedule switch to another task. */
    void stepped(Step step) {
        tasks.awaitSwitch();
        tasks.awaitBlocked();
        offerSwitches(step);
    }

    private void offerSwitches(@Nullable Step step) {
        stepTaken();
        while (faults.offersSwitches()) {
            List<Offer> offers = offers(step);
            if (offers.isEmpty()) {
                return;
            }
            String cause = current.cause().name();
            if (!faults.choose(step == null ? cause : cause + "/" + step.name(), offers)) {
                return;
            }
            tasks.awaitBlocked();
        }
    }

    /** Lets everything that began beside the first task come to its end. */
    void finish() {
        if (!tasks.areSeveral() || !tasks.isFirstHere()) {
            return;
        }
        finishing = true;
        try {
            finishOthers();
        } finally {
            finishing = false;
        }
        tasks.disband().forEach(Interleaving::rethrow);
    }

    private void finishOthers() {
        long bound = bounds.settleTimeout().toMillis() / Tasks.POLL_MILLIS;
        for (long polls = 0; !tasks.others().isEmpty(); polls++) {
            tasks.awaitBlocked();
            Task<Work> next = tasks.next();
            if (next != null) {
                tasks.switchTo(next);
            } else if (polls > bound) {
                throw new NotSettledException(
                        "settleTimeout = " + bounds.settleTimeout(),
                        tasks.others().stream()
                                .map(work -> work.cause().title())
                                .toList());
            } else {
                LockSupport.parkNanos(Tasks.POLL_MILLIS * 1_000_000);
            }
        }
    }

    private List<Offer> offers(@Nullable Step step) {
        List<Offer> offers = new ArrayList<>();
        // A task that the schedule has switched to takes a step with it: to switch on at once would be what was offered
        // there
        // already.
        if (!chosen.contains(tasks.running())) {
            for (Task<Work> task : tasks.suspended()) {
                if (!(finishing && tasks.isFirst(task))) {
                    String phrase = task.work().cause().title() + " goes on meanwhile";
                    offers.add(
                            new Offer(new Option(Fault.CONCURRENT, task.name(), () -> phrase), () -> switchTo(task)));
                }
            }
        }
        if (faults.offersAtWork(Fault.CONCURRENT) && tasks.unfinished() < MOST) {
            List<Offer> begins = new ArrayList<>();
            beginners.accept(begins::add);
            for (Offer begin : begins) {
                if (step != null || isAnother(begin.option().argument())) {
                    offers.add(new Offer(begin.option(), () -> start(begin)));
                }
            }
        }
        return offers;
    }

    private boolean isAnother(String name) {
        return !name.isEmpty() && !name.equals(current.cause().name());
    }

    /** Comes here at each step, mostly without anything to take note of. */
    private void stepTaken() {
        if (!chosen.isEmpty()) {
            chosen.remove(tasks.running());
        }
    }

    private void switchTo(Task<Work> task) {
        faults.switched();
        if (!chosen.contains(task)) {
            List<Task<Work>> more = new ArrayList<>(chosen);
            more.add(task);
            chosen = more;
        }
        tasks.switchTo(task);
    }

    private void start(Offer begin) {
        stepTaken();
        String argument = begin.option().argument();
        tasks.start(argument.isEmpty() ? "again" : argument, begin.effect());
    }

    /** What fails in a task that began beside another fails the run, unless its life died. */
    private static void rethrow(Task<Work> task) {
        Throwable failure = task.failure();
        if (failure instanceof Crash crash && crash.life().isDead()) {
            return;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
