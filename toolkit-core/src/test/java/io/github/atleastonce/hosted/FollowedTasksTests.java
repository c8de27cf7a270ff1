package io.github.atleastonce.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.Work;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import io.github.atleastonce.task.Loan;
import io.github.atleastonce.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread whose life dies in the work that was handed over to it, on its way out, while the run goes on. */
@Timeout(20)
class FollowedTasksTests {

    private final Run run = new Run(
            ScheduleToken.parse("1:crash(nowhere)").schedule(), Set.of(Fault.CRASH), Bounds.DEFAULT, new Caveats());
    private final Lifetime life =
            Run.lifetime(run.service("shop", booted -> booted).get());
    private final Work body = run.current().work();
    private final Task<Work> first = run.current().tasks().running();
    private final List<Thread> endings = new ArrayList<>();

    /** Does work on another thread for which this one waits, as a handler does for what it has handed over. */
    private Thread waitFor(Runnable work) throws InterruptedException {
        run.works().enter(life, Cause.partOf("shop", "handler"));
        run.works().afterwards(() -> endings.add(Thread.currentThread()));
        CountDownLatch ended = new CountDownLatch(1);
        Thread other = new Thread(() -> {
            try {
                FollowedTasks.of(run).execute(life, work, followed -> {
                    followed.run();
                    return followed;
                });
            } finally {
                ended.countDown();
            }
        });
        other.start();
        ended.await();
        // What it throws is told after that.
        other.join();
        return other;
    }

    private void theRunGoesOn() {
        run.current().tasks().takeBack(new Loan<>(first, 0));
        run.current().resume(body);
    }

    @Test
    void whatIsToBeDoneAtTheEndOfWorkIsLeftToTheRunWhenTheLifeHasDied() throws InterruptedException {
        Thread other = waitFor(() -> life.fail("in it"));

        assertThat(endings).doesNotContain(other);
        assertThat(run.current().isHere()).isTrue();
        assertThat(run.current().isAService()).isTrue();
    }

    @Test
    void aRunThatHasGoneOnIsLeftAlone() throws InterruptedException {
        Thread other = waitFor(() -> {
            life.fail("in it");
            theRunGoesOn();
        });

        assertThat(endings).doesNotContain(other);
        assertThat(run.current().isHere()).isTrue();
        assertThat(run.current().isAService()).isFalse();
    }

    /** Whoever takes the turn back keeps others from looking whether they have it. */
    @Test
    void aRunThatGoesOnWhileTheThreadIsOnItsWayOutIsLeftAlone() throws InterruptedException {
        CountDownLatch holds = new CountDownLatch(1);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Thread> goers = new ArrayList<>();
        waitFor(() -> {
            life.fail("in it");
            Thread leaving = Thread.currentThread();
            leaving.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
            Thread goer = new Thread(() -> {
                synchronized (run.current().tasks()) {
                    holds.countDown();
                    while (leaving.getState() != Thread.State.BLOCKED && leaving.isAlive()) {
                        Thread.onSpinWait();
                    }
                    theRunGoesOn();
                }
            });
            goers.add(goer);
            goer.start();
            await(holds);
        });
        goers.get(0).join();

        assertThat(failures).isEmpty();
        assertThat(run.current().isAService()).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void aThreadWhoseLifeGoesOnDoesWhatIsToBeDone() throws InterruptedException {
        Thread other = waitFor(() -> {});

        assertThat(endings).containsExactly(other);
        assertThat(run.current().isHere()).isTrue();
    }
}
