package io.github.atleastonce.kafka.broker;

import io.github.atleastonce.run.UsageException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the run asks for.
 *
 * @param provider where the broker comes from
 * @param bootstrapServers the address of an external cluster; empty if none is given
 * @param image the container image; empty for the default
 * @param port the port of the embedded broker; 0 for any that is free
 * @param startTimeout how long a broker may take until clients can use it
 */
record BrokerSettings(
        BrokerProvider provider,
        Optional<String> bootstrapServers,
        Optional<String> image,
        int port,
        Duration startTimeout) {

    static final String PROVIDER = "atleastonce.kafka.provider";
    static final String BOOTSTRAP_SERVERS = "atleastonce.kafka.bootstrapServers";
    static final String IMAGE = "atleastonce.kafka.image";
    static final String PORT = "atleastonce.kafka.port";
    static final String START_TIMEOUT = "atleastonce.kafka.startTimeout";

    private static final Pattern SHORTHAND = Pattern.compile("(\\d+)(ms|s|m)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES);

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
                lookup.apply(START_TIMEOUT).map(BrokerSettings::duration).orElse(Duration.ofSeconds(60)));
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

    private static Duration duration(String text) {
        try {
            Matcher shorthand = SHORTHAND.matcher(text);
            Duration duration = shorthand.matches()
                    ? Duration.of(Long.parseLong(shorthand.group(1)), UNITS.get(shorthand.group(2)))
                    : Duration.parse(text);
            if (duration.toNanos() > 0) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException notADuration) {
            throw new UsageException(wantsDuration(text), notADuration);
        }
        throw new UsageException(wantsDuration(text));
    }

    private static String wantsDuration(String text) {
        return START_TIMEOUT + " wants a duration such as 30s, 5m or PT5M, but is '" + text + "'.";
    }
}
