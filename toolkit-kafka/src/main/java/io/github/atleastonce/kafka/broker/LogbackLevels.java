package io.github.atleastonce.kafka.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Levels of Logback's loggers. Touched only where Logback is there. */
final class LogbackLevels {

    private LogbackLevels() {}

    static void quieten(List<String> names) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        if (context.getTurboFilterList().stream().noneMatch(BrokerFilter.class::isInstance)) {
            context.addTurboFilter(new BrokerFilter());
        }
        for (String name : names) {
            Logger logger = context.getLogger(name);
            boolean talks = logger.isEnabledFor(Level.WARN);
            if (talks && !isChosen(context, name)) {
                logger.setLevel(Level.ERROR);
            }
        }
    }

    /** Says whether somebody has set a level for a logger or one of its parents; everybody sets one for the root. */
    static boolean isChosen(LoggerContext context, String name) {
        for (String at = name; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
            @Nullable Logger logger = context.exists(at);
            if (logger != null && logger.getLevel() != null) {
                return true;
            }
        }
        return false;
    }
}
