package io.github.atleastonce.explore;

import org.apiguardian.api.API;

/**
 * The bound that ended an exploration.
 *
 * @param name its name, as an annotation or a property has it
 * @param value what it was set to
 * @param onPurpose whether the test gave it as a budget: to get as far as that, and to pass
 */
@API(status = API.Status.INTERNAL)
public record ReachedBound(String name, Object value, boolean onPurpose) {

    /**
     * Cites the bound.
     *
     * @return for example {@code maxRuns = 100}
     */
    @Override
    public String toString() {
        return name + " = " + value;
    }
}
