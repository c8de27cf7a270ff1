package io.github.atleastonce.examples.bugcorpus;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.channel.Transports;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs a body of the corpus with faults by chance, one seed after the other. */
final class RandomFaults {

    /**
     * What came of it.
     *
     * @param seeds how many seeds were run
     * @param nanos how long that took
     * @param failure the first seed that failed with an assertion, or null
     */
    record Result(int seeds, long nanos, @Nullable Failure failure) {}

    /** The first seed that failed, with how many faults, and when. */
    record Failure(int seed, int faults, long nanos) {}

    private static final Transports MEMORY = Transports.of(List.of(TransportFactory.IN_MEMORY));

    private final double probability;
    private final int series;

    /** Has seeds of its own for each series, and each bug. */
    RandomFaults(double probability, int series) {
        this.probability = probability;
        this.series = series;
    }

    /** Runs seeds until one fails, or there are none left, or no time. */
    Result untilItFails(Bug bug, Bug.Body body, DataSource db, int seeds, Duration time) {
        long began = System.nanoTime();
        for (int seed = 1; seed <= seeds; seed++) {
            RandomSchedule schedule = new RandomSchedule(first(bug) + seed, probability);
            boolean failed = fails(bug, body, db, schedule);
            long now = System.nanoTime() - began;
            if (failed) {
                return new Result(seed, now, new Failure(seed, schedule.faults(), now));
            }
            if (now > time.toNanos()) {
                return new Result(seed, now, null);
            }
        }
        return new Result(seeds, System.nanoTime() - began, null);
    }

    private long first(Bug bug) {
        return 1_000_000L * (1_000L * bug.id().hashCode() + series);
    }

    /** Says whether an assertion fails; what ends a run otherwise, such as a message that was tried too often, shows no bug. */
    boolean fails(Bug bug, Bug.Body body, DataSource db, RandomSchedule schedule) {
        Run run = new Run(schedule, bug.faults(), bug.bounds(), new Caveats());
        try {
            body.perform(Scenario.open(run, MEMORY), db);
            run.close();
            return false;
        } catch (AssertionError failure) {
            run.abandon();
            return true;
        } catch (VirtualMachineError broken) {
            throw broken;
        } catch (Exception | Error ended) {
            run.abandon();
            return false;
        }
    }
}
