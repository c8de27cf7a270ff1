package io.github.atleastonce.junit;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.explore.FaultSelection;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.report.Printable;
import io.github.atleastonce.run.FaultSource;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Reads what an exploration is to do. A system property wins over the annotation, so that what failed on a build server is
 * replayed without an edit; the annotation wins over a configuration parameter, which speaks for the whole project; and that
 * wins over what suits the transport.
 */
final class Configuration {

    static final String REPLAY = "atleastonce.replay";
    static final String MAX_FAULTS = "atleastonce.maxFaults";
    static final String EVERY_INTERLEAVING = "atleastonce.everyInterleaving";
    static final String MAX_RUNS = "atleastonce.maxRuns";
    static final String TIMEOUT = "atleastonce.timeout";
    static final String BUDGET = "atleastonce.budget";
    static final String INCONCLUSIVE = "atleastonce.inconclusive";
    static final String PROGRESS = "atleastonce.progress";
    static final String DIRECTORY = "atleastonce.directory";

    private static final int VALUE = 80;
    /** What the default set of faults may take beyond one fault: twice as many faults make many times as many schedules. */
    private static final Duration WIDE = Duration.ofSeconds(10);

    private final ExtensionContext context;
    private final Declaration declaration;

    Configuration(ExtensionContext context, Declaration declaration) {
        this.context = context;
        this.declaration = declaration;
    }

    Settings settings(TransportFactory transport, List<TestedApplication> applications, KeptSchedule kept) {
        Bounds bounds = bounds(transport.bounds());
        ScheduleToken replay = replay();
        ScheduleToken first = replay == null ? kept.read(bounds.maxDeviations()) : null;
        FaultSelection faults = FaultSelection.of(declaration.faults()).requiring(declaration.required());
        Settings wanted = new Settings(faults, bounds, budget(), first, replay);
        Set<Fault> offered = FaultSource.present();
        offered.addAll(transport.capabilities().faults());
        applications.forEach(application -> offered.addAll(application.faults()));
        return wanted.limitedTo(offered, transport.toString());
    }

    /** Says whether an exploration that can claim nothing aborts its test rather than fails it. */
    boolean inconclusiveAborts() {
        return read(INCONCLUSIVE, "'abort' or 'fail'", text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "fail" -> false;
                    case "abort" -> true;
                    default -> throw new IllegalArgumentException();
                })
                .orElse(false);
    }

    /** Says whether a long exploration tells how far it has come. */
    boolean showsProgress() {
        return read(PROGRESS, "'on' or 'off'", text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "on" -> true;
                    case "off" -> false;
                    default -> throw new IllegalArgumentException();
                })
                .orElse(true);
    }

    /** Says where failing schedules are kept, if anywhere. */
    Optional<Path> directory() {
        return read(DIRECTORY, "the path of a directory", Path::of)
                .or(() -> BuildDirectory.of(context.getRequiredTestClass(), Path.of(""))
                        .map(build -> build.resolve("atleastonce")));
    }

    private Bounds bounds(Bounds defaults) {
        int maxFaults = maxFaults().orElse(defaults.maxFaults());
        int maxRuns = number(MAX_RUNS, 1, "maxRuns", declaration.maxRuns()).orElse(defaults.maxRuns());
        Bounds bounds = defaults.withMaxFaults(maxFaults)
                .withMaxRuns(maxRuns)
                .withTimeout(duration(TIMEOUT, "timeout", declaration.timeout()).orElse(defaults.timeout()));
        return everyInterleaving() ? bounds.withEveryInterleaving() : bounds;
    }

    private boolean everyInterleaving() {
        Boolean declared = declaration.everyInterleaving() ? true : null;
        return read(EVERY_INTERLEAVING, "'true' or 'false'", declared, text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException();
                })
                .orElse(false);
    }

    private Optional<Integer> maxFaults() {
        return number(MAX_FAULTS, 0, "maxFaults", declaration.maxFaults());
    }

    private Optional<Integer> number(String property, int least, String attribute, int declared) {
        if (declared != -1 && declared < least) {
            throw new UsageException(declaration.where() + ": " + attribute + " wants a whole number of at least "
                    + least + ", but is " + declared + ".");
        }
        Function<String, Integer> reader = text -> {
            int value = Integer.parseInt(text);
            if (value < least) {
                throw new IllegalArgumentException();
            }
            return value;
        };
        return read(property, "a whole number of at least " + least, declared == -1 ? null : declared, reader);
    }

    private @Nullable Duration budget() {
        Duration usual = declaration.takesTheDefault() && maxFaults().isEmpty() ? WIDE : null;
        return duration(BUDGET, "budget", declaration.budget()).orElse(usual);
    }

    private Optional<Duration> duration(String property, String attribute, String text) {
        Duration declared = null;
        if (!text.isBlank()) {
            try {
                declared = Durations.parse(text);
            } catch (IllegalArgumentException unreadable) {
                throw new UsageException(declaration.where() + ": " + attribute + " wants " + Durations.WANTED
                        + ", but is '" + text + "'.");
            }
        }
        return read(property, Durations.WANTED, declared, Durations::parse);
    }

    private @Nullable ScheduleToken replay() {
        Replay annotation = context.getRequiredTestMethod().getAnnotation(Replay.class);
        String declared = annotation == null ? null : annotation.value();
        String fixed = System.getProperty(REPLAY);
        if (fixed != null && !fixed.isBlank()) {
            return token(fixed, "The system property " + REPLAY);
        }
        if (declared != null) {
            return token(
                    declared, "@Replay on " + context.getRequiredTestMethod().getName());
        }
        return context.getConfigurationParameter(REPLAY)
                .flatMap(Configuration::text)
                .map(text -> token(text, "The configuration parameter " + REPLAY))
                .orElse(null);
    }

    private static ScheduleToken token(String text, String source) {
        try {
            return ScheduleToken.parse(text);
        } catch (IllegalArgumentException unreadable) {
            throw new UsageException(source + " wants the token of a schedule. " + unreadable.getMessage());
        }
    }

    private <T> Optional<T> read(String name, String wanted, Function<String, T> reader) {
        return read(name, wanted, null, reader);
    }

    private <T> Optional<T> read(String name, String wanted, @Nullable T declared, Function<String, T> reader) {
        Optional<T> property = parse("system property", name, wanted, text(System.getProperty(name)), reader);
        if (property.isPresent()) {
            return property;
        }
        if (declared != null) {
            return Optional.of(declared);
        }
        Optional<String> parameter = context.getConfigurationParameter(name).flatMap(Configuration::text);
        return parse("configuration parameter", name, wanted, parameter, reader);
    }

    private static <T> Optional<T> parse(
            String kind, String name, String wanted, Optional<String> text, Function<String, T> reader) {
        try {
            return text.map(reader);
        } catch (IllegalArgumentException unreadable) {
            throw new UsageException("The " + kind + " " + name + " wants " + wanted + ", but is '"
                    + Printable.line(text.orElseThrow(), VALUE) + "'.");
        }
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }
}
