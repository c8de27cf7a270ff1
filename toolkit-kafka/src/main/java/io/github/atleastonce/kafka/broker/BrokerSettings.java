package io.github.atleastonce.kafka.broker;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the run asks for.
 *
 * @param provider where the broker comes from
 * @param bootstrapServers the address of an external cluster; empty if none is given
 * @param image the container image; empty for the default
 * @param port the port of the embedded broker; 0 for any that is free
 * @param startTimeout how long a broker may take until clients can use it
 * @param directory where reused brokers are found
 * @param idleTimeout after how long without a user a reused broker ends
 * @param bounds how long it may take to answer, and to stop
 */
record BrokerSettings(
        BrokerProvider provider,
        Optional<String> bootstrapServers,
        Optional<String> image,
        int port,
        Duration startTimeout,
        Path directory,
        Duration idleTimeout,
        Bounds bounds) {

    static final String PROVIDER = "atleastonce.kafka.provider";
    static final String BOOTSTRAP_SERVERS = "atleastonce.kafka.bootstrapServers";
    static final String IMAGE = "atleastonce.kafka.image";
    static final String PORT = "atleastonce.kafka.port";
    static final String START_TIMEOUT = "atleastonce.kafka.startTimeout";
    static final String DIRECTORY = "atleastonce.kafka.directory";
    static final String IDLE_TIMEOUT = "atleastonce.kafka.idleTimeout";

    /** Names the settings that are read here. */
    static Set<String> names() {
        return Set.of(PROVIDER, BOOTSTRAP_SERVERS, IMAGE, PORT, START_TIMEOUT, DIRECTORY, IDLE_TIMEOUT);
    }

    static final BrokerSettings DEFAULT = from(name -> Optional.empty(), Map.of());

    static BrokerSettings from(Function<String, Optional<String>> setting, Map<String, String> environment) {
        Function<String, Optional<String>> lookup = name -> setting.apply(name)
                .or(() -> Optional.ofNullable(environment.get(variable(name))))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
        Optional<String> bootstrapServers = lookup.apply(BOOTSTRAP_SERVERS);
        BrokerProvider provider = lookup.apply(PROVIDER)
                .map(BrokerSettings::provider)
                .orElse(bootstrapServers.isPresent() ? BrokerProvider.EXTERNAL : BrokerProvider.EMBEDDED);
        return new BrokerSettings(
                provider,
                bootstrapServers,
                lookup.apply(IMAGE),
                lookup.apply(PORT).map(BrokerSettings::port).orElse(0),
                duration(lookup, START_TIMEOUT).orElse(Duration.ofSeconds(60)),
                lookup.apply(DIRECTORY).map(Path::of).orElseGet(BrokerSettings::caches),
                duration(lookup, IDLE_TIMEOUT).orElse(Duration.ofHours(1)),
                bounds(lookup));
    }

    /** The name of the environment variable for a setting: words in capitals, joined by underscores. */
    static String variable(String setting) {
        return setting.replaceAll("(\\p{Upper})", "_$1").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static BrokerProvider provider(String name) {
        return BrokerProvider.named(name)
                .orElseThrow(() -> new UsageException(
                        PROVIDER + " wants one of " + BrokerProvider.names() + ", but is '" + name + "'."));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            throw new UsageException(wantsPort(text), notANumber);
        }
        throw new UsageException(wantsPort(text));
    }

    private static String wantsPort(String text) {
        return PORT + " wants a port, or 0 for any that is free, but is '" + text + "'.";
    }

    private static Bounds bounds(Function<String, Optional<String>> lookup) {
        Bounds bounds = Bounds.DEFAULT;
        for (Bound bound : List.of(Bound.BROKER_TIMEOUT, Bound.STOP_TIMEOUT)) {
            String name = "atleastonce." + bound;
            Bounds present = bounds;
            bounds = lookup.apply(name)
                    .map(text -> read(name, bound.wanted(), text, value -> present.with(bound, value)))
                    .orElse(present);
        }
        return bounds;
    }

    private static Optional<Duration> duration(Function<String, Optional<String>> lookup, String name) {
        return lookup.apply(name).map(text -> read(name, Durations.WANTED, text, Durations::parse));
    }

    /** Where programs keep what they could make again. */
    private static Path caches() {
        return Path.of(System.getProperty("user.home"), ".cache", "atleastonce");
    }

    private static <T> T read(String name, String wanted, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException unreadable) {
            throw new UsageException(name + " wants " + wanted + ", but is '" + text + "'.", unreadable);
        }
    }
}
