package io.github.atleastonce.scenario;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.explore.Exploration;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Progress;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.explore.Trial;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Explores a body of many messages in a JVM of its own, until a million schedules are known or memory is short. */
final class MillionSchedules {

    static final long WANTED = 1_000_000;

    private MillionSchedules() {}

    public static void main(String[] arguments) {
        int messages = Integer.parseInt(arguments[0]);
        int leak = Integer.parseInt(arguments[1]);
        List<byte[]> leaked = new ArrayList<>();
        Bounds bounds =
                Bounds.DEFAULT.withMaxFaults(3).withMaxRuns(Integer.MAX_VALUE).withTimeout(Duration.ofHours(1));
        Exploration exploration = new Exploration(
                Settings.explore(
                        EnumSet.of(Fault.DUPLICATE, Fault.REDELIVERY, Fault.DELAY, Fault.REORDER, Fault.CRASH), bounds),
                System::nanoTime);
        long runs = 0;
        long waiting = 0;
        for (var next = exploration.next(); next.isPresent(); next = exploration.next()) {
            perform(next.get(), messages);
            leaked.add(new byte[leak]);
            runs++;
            Progress progress = exploration.progress();
            waiting = progress.waiting();
            if (waiting >= WANTED) {
                break;
            }
        }
        leaked.clear();
        System.gc();
        Runtime jvm = Runtime.getRuntime();
        long used = jvm.totalMemory() - jvm.freeMemory();
        System.out.println(
                "runs=" + runs + " waiting=" + waiting + " bytes=" + used + " each=" + used / Math.max(1, waiting));
        exploration.outcome().map(MillionSchedules::reason).ifPresent(System.out::println);
    }

    private static String reason(Outcome outcome) {
        return outcome instanceof Outcome.Inconclusive inconclusive
                ? inconclusive.reason() + " " + inconclusive.remedy()
                : outcome.getClass().getSimpleName();
    }

    private static void perform(Trial trial, int messages) {
        Scenario scenario = Scenario.open(trial.run(), TransportFactory.IN_MEMORY);
        Set<Integer> booked = new HashSet<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", Integer.class, order -> life.step("insert", () -> booked.add(order)));
            return life;
        });
        for (int order = 0; order < messages; order++) {
            scenario.channel("orders").send("o-" + order, order);
        }
        scenario.settle();
        if (booked.size() != messages) {
            trial.failed(new AssertionError("lost"));
        } else {
            trial.check();
            trial.passed();
        }
    }
}
