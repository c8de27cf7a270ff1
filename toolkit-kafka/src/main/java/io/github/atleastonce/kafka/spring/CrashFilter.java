package io.github.atleastonce.kafka.spring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.github.atleastonce.run.Crash;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Denies events of Logback that are about a fault that was injected. Touched only where Logback is there. */
final class CrashFilter extends TurboFilter {

    /** How deep a cause is looked for: chains of causes may be circles. */
    private static final int CAUSES = 20;

    static void install() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        if (context.getTurboFilterList().stream().noneMatch(CrashFilter.class::isInstance)) {
            context.addTurboFilter(new CrashFilter());
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        if (isCrash(thrown) || arguments != null && arguments.length > 0 && isCrash(arguments[arguments.length - 1])) {
            return FilterReply.DENY;
        }
        return FilterReply.NEUTRAL;
    }

    private static boolean isCrash(@Nullable Object argument) {
        Throwable cause = argument instanceof Throwable thrown ? thrown : null;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            if (cause instanceof Crash || cause instanceof Injected) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
