package io.github.atleastonce.kafka.spring;

import org.slf4j.LoggerFactory;

/** What frameworks log of a crash that was simulated: blocks of errors and stack traces of something that is no error. */
final class CrashLogs {

    private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

    private CrashLogs() {}

    /** Drops it where Logback does the logging. To be called again after Logback was configured anew. */
    static void quieten() {
        if (isLogback()) {
            CrashFilter.install();
        }
    }

    /** Drops what is logged of a failure, where Logback does the logging: one like it was told of before. */
    static void mute(Throwable again) {
        if (isLogback()) {
            CrashFilter.mute(again);
        }
    }

    private static boolean isLogback() {
        return LoggerFactory.getILoggerFactory().getClass().getName().equals(LOGBACK);
    }
}
