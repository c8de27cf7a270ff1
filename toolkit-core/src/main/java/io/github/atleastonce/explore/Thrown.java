package io.github.atleastonce.explore;

import io.github.atleastonce.run.NotSettledException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells apart what a body may throw. */
final class Thrown {

    /** What the assumptions of JUnit, AssertJ, JUnit 4 and TestNG throw; none of them need be on the class path. */
    private static final Set<String> GIVING_UP = Set.of(
            "org.opentest4j.TestAbortedException",
            "org.junit.internal.AssumptionViolatedException",
            "org.testng.SkipException");

    /** How deep a cause is looked for: chains of causes may be circles. */
    private static final int CAUSES = 10;

    private Thrown() {}

    /** Says whether the body gave up rather than failed. */
    static boolean givesUp(Throwable thrown) {
        for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            if (GIVING_UP.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }

    /** Finds a disturbance, also where it was wrapped on its way. */
    static @Nullable DisturbedException disturbance(Throwable failure) {
        return find(DisturbedException.class, failure);
    }

    /** Says whether what a run takes has gone with this one. */
    static boolean isForGood(Throwable failure) {
        return find(GoneException.class, failure) != null;
    }

    private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** Compares two failures. What is left over where a run never comes to rest, and whether its consumers still live, is a matter of time. */
    static boolean alike(Throwable first, Throwable second) {
        if (first instanceof NotSettledException && second instanceof NotSettledException) {
            return true;
        }
        return first.getClass() == second.getClass()
                && Varying.masked(String.valueOf(first.getMessage()))
                        .equals(Varying.masked(String.valueOf(second.getMessage())));
    }
}
