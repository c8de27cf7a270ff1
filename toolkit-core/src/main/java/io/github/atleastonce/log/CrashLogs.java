package io.github.atleastonce.log;

import org.apiguardian.api.API;

/** What frameworks log of a fault: blocks of errors and stack traces of something that is no error. Safe for use by several threads. */
@API(status = API.Status.INTERNAL)
public final class CrashLogs {

    private static final boolean LOGBACK =
            isPresent("org.slf4j.LoggerFactory") && isPresent("ch.qos.logback.classic.LoggerContext");

    private CrashLogs() {}

    /** Drops it where Logback does the logging. To be called again after Logback was configured anew. */
    public static void quieten() {
        if (LOGBACK && CrashFilter.isUsed()) {
            CrashFilter.install();
        }
    }

    /**
     * Drops what is logged of a failure, where Logback does the logging: one like it was told of before.
     *
     * @param again the failure
     */
    public static void mute(Throwable again) {
        if (LOGBACK && CrashFilter.isUsed()) {
            CrashFilter.mute(again);
        }
    }

    /**
     * Does something of which frameworks log what is no news: they are told of a fault that was injected.
     *
     * @param telling what is done
     */
    public static void silently(Runnable telling) {
        telling.run();
    }

    /** Says whether the calling thread does such a thing right now. */
    static boolean isSilent() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.anyMatch(frame -> frame.getDeclaringClass() == CrashLogs.class
                        && frame.getMethodName().equals("silently")));
    }

    private static boolean isPresent(String name) {
        try {
            Class.forName(name, false, CrashLogs.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
