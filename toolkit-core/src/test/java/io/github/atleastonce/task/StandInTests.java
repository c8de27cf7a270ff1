package io.github.atleastonce.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that moves in place of another, which waits. */
@Timeout(60)
class StandInTests {

    private final Tasks<String> tasks = new Tasks<>(
            new Switches<>() {
                @Override
                public String work() {
                    return "some work";
                }

                @Override
                public void switchedTo(String next) {}

                @Override
                public void blocked(String waiting) {}

                @Override
                public void resumed(String next) {}
            },
            "nothing");

    private static <T> FutureTask<T> elsewhere(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    @Test
    void movesInPlaceOfTheRunningTask() throws Exception {
        List<Boolean> runs = new ArrayList<>();
        runs.add(elsewhere(tasks::isRunningHere).get());
        runs.add(elsewhere(() -> tasks.standIns().standIn(tasks::isRunningHere)).get());
        runs.add(elsewhere(tasks::isRunningHere).get());
        runs.add(tasks.isRunningHere());

        assertThat(runs).containsExactly(false, true, false, true);
    }

    @Test
    void keepsTheTaskItselfWaitingAtItsNextStep() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        FutureTask<Boolean> other = elsewhere(() -> tasks.standIns().standIn(() -> {
            begun.countDown();
            await(goOn);
            ended.set(true);
            return true;
        }));
        begun.await();
        boolean before = tasks.isRunningHere();
        elsewhere(() -> {
            goOn.countDown();
            return true;
        });
        tasks.awaitSwitch();

        assertThat(before).isFalse();
        assertThat(ended).isTrue();
        assertThat(other.get()).isTrue();
        assertThat(tasks.isRunningHere()).isTrue();
    }

    @Test
    void isOneAtATime() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<Boolean> first = elsewhere(() -> tasks.standIns().standIn(() -> {
            begun.countDown();
            order.add("first begins");
            Thread.yield();
            return order.add("first ends");
        }));
        begun.await();
        FutureTask<Boolean> second = elsewhere(() -> tasks.standIns().standIn(() -> order.add("second")));

        assertThat(first.get() && second.get()).isTrue();
        assertThat(order).containsExactly("first begins", "first ends", "second");
    }

    @Test
    void isWhoeverComesFirstWhereTheTaskInvitesOne() throws Exception {
        AtomicBoolean here = new AtomicBoolean();
        boolean[] others = tasks.standIns().letStandIn(() -> new boolean[] {comes(here), comes(here)});

        assertThat(others).containsExactly(true, false);
        assertThat(here).isFalse();
        assertThat(comes(here)).isFalse();
        assertThat(tasks.isRunningHere()).isTrue();
    }

    /** Comes to a step on a thread of its own, and says whether it may move there. */
    private boolean comes(AtomicBoolean mayMove) throws InterruptedException, ExecutionException {
        boolean moved = elsewhere(() -> {
                    tasks.awaitSwitch();
                    return tasks.isRunningHere();
                })
                .get();
        mayMove.set(moved);
        return moved;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
