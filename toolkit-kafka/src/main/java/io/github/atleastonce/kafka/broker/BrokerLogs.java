package io.github.atleastonce.kafka.broker;

import java.util.List;
import org.apiguardian.api.API;
import org.slf4j.LoggerFactory;

/**
 * The logs of an embedded broker, which go wherever those of the tests go: hundreds of lines in which a failure story drowns.
 * Thread-safe.
 */
@API(status = API.Status.INTERNAL)
public final class BrokerLogs {

    /** What only a broker logs to, and the dump of all settings. Else the clients of the tested service keep their levels. */
    private static final List<String> LOGGERS = List.of(
            "kafka",
            "state.change.logger",
            "org.apache.kafka.common.config",
            "org.apache.kafka.controller",
            "org.apache.kafka.coordinator",
            "org.apache.kafka.image",
            "org.apache.kafka.metadata",
            "org.apache.kafka.network",
            "org.apache.kafka.queue",
            "org.apache.kafka.raft",
            "org.apache.kafka.server",
            "org.apache.kafka.snapshot",
            "org.apache.kafka.storage");

    private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

    private BrokerLogs() {}

    /**
     * Lets the broker's loggers tell errors only, where Logback does the logging: the levels of other backends are their configuration's.
     * A level that somebody has set for one of them, or for a parent other than the root, is left as it is. To be called again after
     * Logback was configured anew, as Spring Boot does when a context starts.
     */
    public static void quieten() {
        if (LoggerFactory.getILoggerFactory().getClass().getName().equals(LOGBACK)) {
            LogbackLevels.quieten(LOGGERS);
        }
    }
}
