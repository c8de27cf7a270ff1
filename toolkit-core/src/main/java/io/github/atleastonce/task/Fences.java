package io.github.atleastonce.task;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/** What cuts somebody off from the world when its life ends. Safe for use by several threads. */
@API(status = API.Status.INTERNAL)
public final class Fences {

    private final List<Runnable> all = new ArrayList<>(1);

    /** Creates none. */
    public Fences() {}

    /**
     * Adds one.
     *
     * @param fence cuts off; must not throw
     */
    public synchronized void add(Runnable fence) {
        all.add(fence);
    }

    /** Runs all in the order in which they were added, outside of any lock. */
    public void close() {
        copy().forEach(Runnable::run);
    }

    private synchronized List<Runnable> copy() {
        return List.copyOf(all);
    }

    /**
     * Returns a fence that keeps no later one from running.
     *
     * @param fence may throw
     * @param failed is told what it threw
     * @return does not throw
     */
    public static Runnable guarded(Runnable fence, Consumer<Throwable> failed) {
        return () -> {
            try {
                fence.run();
            } catch (RuntimeException | Error thrown) {
                failed.accept(thrown);
            }
        };
    }
}
