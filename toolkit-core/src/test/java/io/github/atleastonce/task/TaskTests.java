package io.github.atleastonce.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for a lock of this JVM is seen to at the first look, if another task holds it. */
@Timeout(60)
class TaskTests {

    private static final String IDLE = "any work";

    private final CountDownLatch end = new CountDownLatch(1);
    private final Task<String> me = new Task<>("me", Thread.currentThread(), IDLE);

    @AfterEach
    void endThreads() {
        end.countDown();
    }

    @Test
    void waitsForAMonitor() {
        Object monitor = new Object();
        synchronized (monitor) {
            Task<String> other = waiting(
                    () -> {
                        synchronized (monitor) {
                            waitFor(end);
                        }
                    },
                    Thread.State.BLOCKED);
            isHeldUp(other);
        }
    }

    @Test
    void waitsForALock() {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        Task<String> other = waiting(
                () -> {
                    lock.lock();
                    lock.unlock();
                },
                Thread.State.WAITING);

        isHeldUp(other);
        lock.unlock();
        while (other.remainsBlocked(List.of(me, other))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void remainsBlockedByWhatHasNoOwner() {
        Semaphore none = new Semaphore(0);
        ReentrantReadWriteLock read = new ReentrantReadWriteLock();
        read.readLock().lock();

        for (Task<String> other : List.of(
                waiting(() -> waitFor(end), Thread.State.WAITING),
                waiting(none::acquireUninterruptibly, Thread.State.WAITING),
                waiting(read.writeLock()::lock, Thread.State.WAITING))) {
            other.blocked = true;
            assertThat(other.remainsBlocked(List.of(me, other))).isTrue();
        }
    }

    @Test
    void isNotHeldUpAtOnceByWhatNobodyHolds() {
        Task<String> other = waiting(() -> waitFor(end), Thread.State.WAITING);

        assertThat(other.cannotMove(List.of(me, other))).isFalse();
    }

    @Test
    void goesOnWithItsOwnWorkWhenTheLastOtherOneHasEnded() {
        List<String> work = new ArrayList<>(List.of(IDLE));
        Tasks<String> tasks = new Tasks<>(new Told(work), IDLE);
        Task<String> first = tasks.running();
        Thread outside = new Thread(() -> {
            while (tasks.unfinished() > 1 || tasks.running() != first) {
                Thread.onSpinWait();
            }
            end.countDown();
        });
        tasks.start("other", () -> {
            work.add("the work of the other");
            outside.start();
            tasks.switchTo(first);
        });

        // The other one sees that this one waits, goes on, and ends before this one has come back.
        waitFor(end);

        tasks.awaitSwitch();
        tasks.awaitBlocked();
        assertThat(tasks.running()).isSameAs(first);
        assertThat(work).last().isEqualTo(IDLE);
    }

    private record Told(List<String> all) implements Switches<String> {

        @Override
        public String work() {
            return all.get(all.size() - 1);
        }

        @Override
        public void switchedTo(String work) {
            all.add(work);
        }

        @Override
        public void blocked(String work) {}

        @Override
        public void resumed(String work) {}
    }

    private void isHeldUp(Task<String> other) {
        assertThat(other.cannotMove(List.of(me, other))).isTrue();
        other.blocked = true;
        assertThat(other.remainsBlocked(List.of(me, other))).isTrue();
        // Another thread may hold it, which is no part of the run and goes on by itself.
        assertThat(other.cannotMove(List.of(other))).isFalse();
        assertThat(other.remainsBlocked(List.of(other))).isFalse();
    }

    private static Task<String> waiting(Runnable work, Thread.State state) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        Task<String> task = new Task<>("other", thread, IDLE);
        task.start();
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
        return task;
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
