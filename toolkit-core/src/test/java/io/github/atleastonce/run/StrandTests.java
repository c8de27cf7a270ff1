package io.github.atleastonce.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for a lock of this JVM is seen to at the first look, if another strand holds it. */
@Timeout(60)
class StrandTests {

    private static final Run.Work IDLE = new Run.Work(null, new NamedCause("any", "work"));

    private final CountDownLatch end = new CountDownLatch(1);
    private final Strand me = new Strand("me", Thread.currentThread(), IDLE);

    @AfterEach
    void endThreads() {
        end.countDown();
    }

    @Test
    void waitsForAMonitor() {
        Object monitor = new Object();
        synchronized (monitor) {
            Strand other = waiting(
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
        Strand other = waiting(
                () -> {
                    lock.lock();
                    lock.unlock();
                },
                Thread.State.WAITING);

        isHeldUp(other);
        lock.unlock();
        while (other.remainsStuck(List.of(me, other))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void isNotHeldUpAtOnceByWhatNobodyHolds() {
        Strand other = waiting(() -> waitFor(end), Thread.State.WAITING);

        assertThat(other.cannotMove(List.of(me, other))).isFalse();
    }

    private void isHeldUp(Strand other) {
        assertThat(other.cannotMove(List.of(me, other))).isTrue();
        other.stuck = true;
        assertThat(other.remainsStuck(List.of(me, other))).isTrue();
        // Another thread may hold it, which is no part of the run and goes on by itself.
        assertThat(other.cannotMove(List.of(other))).isFalse();
        assertThat(other.remainsStuck(List.of(other))).isFalse();
    }

    private static Strand waiting(Runnable work, Thread.State state) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        Strand strand = new Strand("other", thread, IDLE);
        strand.begin();
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
        return strand;
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
