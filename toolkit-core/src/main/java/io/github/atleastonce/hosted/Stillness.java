package io.github.atleastonce.hosted;

import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells from outside whether a thread waits for something that another thread of the application has to do, and not for the answer of
 * another system. Belongs to the thread that looks.
 */
final class Stillness {

    private static final int LOOKS = 10;
    /** Futures may be waited for in a stream, or for each of a list. */
    private static final String[] WAITING = {"java.util.", "java.lang.", "jdk.internal.misc."};

    private static final String[] IO = {
        "java.",
        "javax.",
        "jdk.",
        "sun.",
        "org.apache.kafka.",
        "com.zaxxer.hikari.",
        "org.postgresql.",
        "org.h2.",
        "io.netty."
    };

    /** What the toolkit itself asks a broker. */
    private static final Pattern BROKER = Pattern.compile("io\\.github\\.atleastonce\\.kafka\\.[A-Z]\\w*");
    /** What a service does while all comes to rest is within this, which is within that. */
    private static final String WORK = "io.github.atleastonce.run.Works";

    private static final String REST = "io.github.atleastonce.run.Quiescence";

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
        boolean known = false;
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (!known && !startsWith(name, WAITING)) {
                if (startsWith(name, IO) || BROKER.matcher(name).matches()) {
                    return false;
                }
                known = true;
            }
            if (name.equals(WORK) || name.equals(REST)) {
                return known && name.equals(WORK);
            }
        }
        return known;
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
