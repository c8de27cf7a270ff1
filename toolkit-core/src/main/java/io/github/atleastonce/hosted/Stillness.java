package io.github.atleastonce.hosted;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells from outside whether a thread waits for something that another thread of the application has to do, and not for the answer of
 * another system. Belongs to the thread that looks.
 */
final class Stillness {

    private static final int LOOKS = 10;
    private static final String[] WAITING = {"java.util.concurrent.", "jdk.internal.misc.", "java.lang."};
    private static final String[] IO = {
        "java.",
        "javax.",
        "jdk.",
        "sun.",
        "org.apache.kafka.",
        "com.zaxxer.hikari.",
        "org.postgresql.",
        "org.h2.",
        "io.github.atleastonce.run.Quiescence",
        "io.netty."
    };

    private @Nullable Object blocker;
    private int seen;

    /** Looks once; several looks in a row have to find the thread in the same wait. */
    boolean isSeenOf(Thread thread) {
        Object now = LockSupport.getBlocker(thread);
        boolean waits = now != null && thread.getState() == Thread.State.WAITING
                || now != null && thread.getState() == Thread.State.TIMED_WAITING;
        seen = waits && now == blocker ? seen + 1 : 0;
        blocker = now;
        if (seen < LOOKS) {
            return false;
        }
        seen = 0;
        return isOwnWait(thread.getStackTrace());
    }

    private static boolean isOwnWait(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (!startsWith(frame.getClassName(), WAITING)) {
                return !startsWith(frame.getClassName(), IO);
            }
        }
        return false;
    }

    private static boolean startsWith(String name, String[] beginnings) {
        for (String beginning : beginnings) {
            if (name.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }
}
