package io.github.atleastonce.explore;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The bound that ended an exploration.
 *
 * @param name its name, as an annotation or a property has it
 * @param value what it was set to
 * @param onPurpose whether the test or a profile gave it as a budget: to get as far as that, and to pass
 * @param profile the profile that made it a budget, or null
 */
@API(status = API.Status.INTERNAL)
public record ReachedBound(
        String name,
        Object value,
        boolean onPurpose,
        @Nullable String profile) {

    /**
     * Cites the bound.
     *
     * @return for example {@code maxRuns = 100}, or {@code budget = PT10S, profile pull-request}
     */
    @Override
    public String toString() {
        return name + " = " + value + (profile == null ? "" : ", profile " + profile);
    }
}
