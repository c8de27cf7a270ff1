package io.github.atleastonce.explore;

import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.state.Captured;
import io.github.atleastonce.state.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** What the fault-free run of an exploration came to, to be compared with by the runs after it. Used on the thread of the test only. */
@API(status = API.Status.INTERNAL)
public final class Baseline implements Captured {

    private final Map<String, Object> values;
    private final @Nullable List<BooleanSupplier> doubts;
    private final boolean taking;

    private Baseline(Map<String, Object> values, @Nullable List<BooleanSupplier> doubts, boolean taking) {
        this.values = values;
        this.doubts = doubts;
        this.taking = taking;
    }

    /**
     * Begins a baseline, for the fault-free run.
     *
     * @return a baseline that takes values
     */
    public static Baseline taken() {
        return new Baseline(new HashMap<>(2), new ArrayList<>(2), true);
    }

    /**
     * Returns the baseline that a run is compared with; a run that no exploration has made takes its own.
     *
     * @param run the run
     * @return its baseline
     */
    public static Baseline of(Run run) {
        return run.belonging(Baseline.class, any -> taken());
    }

    @Override
    public void capture(Snapshot into) {
        // It is the same in each run.
    }

    /** Gives a run its baseline. */
    Run in(Run run) {
        run.belonging(Baseline.class, any -> this);
        return run;
    }

    /**
     * Returns this baseline for a run after the fault-free one.
     *
     * @return the same values, to which none is added
     */
    public Baseline given() {
        return new Baseline(values, null, false);
    }

    /**
     * Lets somebody say later that a fault-free run did not see the whole system, such as a consumer group that joined while it was on its
     * way. Asked only if the fault-free runs at the beginning fail or differ, and then they are done anew.
     *
     * @param incomplete says whether it did not
     */
    public void doubtIf(BooleanSupplier incomplete) {
        if (doubts != null) {
            doubts.add(incomplete);
        }
    }

    boolean isIncomplete() {
        return doubts != null && doubts.stream().anyMatch(BooleanSupplier::getAsBoolean);
    }

    /** Returns this baseline for the second fault-free run, which may be doubted like the first. */
    Baseline again() {
        return new Baseline(values, doubts, false);
    }

    /**
     * Returns what something was in the first fault-free run of the exploration; in that run, what it is now.
     *
     * @param name what it is, the same in each run
     * @param now what it is now, to be kept if this is the fault-free run; must not change later
     * @return what it was without faults
     * @throws UsageException if the fault-free run did not come to this
     */
    public Object of(String name, Object now) {
        if (taking) {
            values.put(name, now);
            return now;
        }
        Object then = values.get(name);
        if (then == null) {
            throw new UsageException("The fault-free run did not come to " + name
                    + ", so there is nothing to compare with: assert the same things in each run.");
        }
        return then;
    }
}
