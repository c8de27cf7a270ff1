package io.github.atleastonce.kafka.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Denies what threads of an embedded broker tell by loggers that clients have, too, short of errors; and its complaint of a machine that is
 * slow. Touched only where Logback is there.
 */
final class BrokerFilter extends TurboFilter {

    private static final String CLIENTS = "org.apache.kafka.clients";
    private static final String HEARTBEATS = "org.apache.kafka.controller.ReplicationControlManager";

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        boolean ofClients = logger.getName().startsWith(CLIENTS) && !level.isGreaterOrEqual(Level.ERROR);
        boolean noise = (ofClients || logger.getName().equals(HEARTBEATS)) && isOfBroker();
        return noise && !LogbackLevels.isChosen(logger.getLoggerContext(), CLIENTS)
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    private static boolean isOfBroker() {
        for (ThreadGroup group = Thread.currentThread().getThreadGroup(); group != null; group = group.getParent()) {
            if (group instanceof BrokerThreads) {
                return true;
            }
        }
        return false;
    }
}
