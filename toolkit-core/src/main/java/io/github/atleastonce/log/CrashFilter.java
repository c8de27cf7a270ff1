package io.github.atleastonce.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.schedule.Injected;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Denies events of Logback that are about a fault that was injected, or about a failure that was told before. Touched only where Logback is there. */
final class CrashFilter extends TurboFilter {

    /** How deep a cause is looked for: chains of causes may be circles. */
    private static final int CAUSES = 20;

    private final Set<Throwable> muted = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** Says whether it is Logback that does the logging: another one may be there, too. */
    static boolean isUsed() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext;
    }

    static void install() {
        if (installed().isEmpty()) {
            ((LoggerContext) LoggerFactory.getILoggerFactory()).addTurboFilter(new CrashFilter());
        }
    }

    /** Denies events about this failure, too. */
    static void mute(Throwable failure) {
        installed().ifPresent(filter -> filter.muted.add(failure));
    }

    private static Optional<CrashFilter> installed() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        return context.getTurboFilterList().stream()
                .filter(CrashFilter.class::isInstance)
                .map(CrashFilter.class::cast)
                .findFirst();
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        Object last = arguments == null || arguments.length == 0 ? null : arguments[arguments.length - 1];
        return isNoNews(thrown) || isNoNews(last) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private boolean isNoNews(@Nullable Object argument) {
        if (argument instanceof SQLException && CrashLogs.isSilent()) {
            return true;
        }
        Throwable cause = argument instanceof Throwable thrown ? thrown : null;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            if (cause instanceof Crash || cause instanceof Injected || muted.contains(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
