package io.github.atleastonce.junit;

import io.github.atleastonce.channel.Transports;
import io.github.atleastonce.explore.Budget;
import io.github.atleastonce.explore.Deriving;
import io.github.atleastonce.explore.FaultSelection;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.report.Printable;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.FaultSource;
import io.github.atleastonce.schedule.ScheduleToken;
import io.github.atleastonce.schedule.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
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
    static final String BUDGET = "atleastonce.budget";
    static final String INCONCLUSIVE = "atleastonce.inconclusive";
    static final String PROGRESS = "atleastonce.progress";
    static final String PROFILE = "atleastonce.profile";
    static final String SHARD = "atleastonce.shard";
    static final String DIRECTORY = "atleastonce.directory";
    /** Read by the room of journeys, by itself: it is a command, and no setting of a project. */
    static final String ACCEPT_JOURNEY = "atleastonce.journey.accept";
    /** Read by the room of event evolution, likewise. */
    static final String ACCEPT_EVOLUTION = "atleastonce.evolution.accept";

    private static final int VALUE = 80;
    /** What the default set of faults may take beyond one fault: twice as many faults make many times as many schedules. */
    private static final Duration WIDE = Duration.ofSeconds(10);

    /** What the default has only where it happens among the nodes of a service. */
    private static final Set<Fault> AMONG_NODES = Set.of(Fault.REBALANCE, Fault.PAUSE);

    private final ExtensionContext context;
    private final Declaration declaration;

    Configuration(ExtensionContext context, Declaration declaration) {
        this.context = context;
        this.declaration = declaration;
    }

    Settings settings(Transports transports, List<TestedApplication> applications, KeptSchedule kept) {
        Profile profile = read(PROFILE, Profile.WANTED, Profile::named).orElse(null);
        Bounds bounds = bounds(profile == null ? transports.bounds() : profile.on(transports.bounds()));
        ScheduleToken replay = replay();
        ScheduleToken first = replay == null ? kept.read(bounds.maxDeviations()) : null;
        Set<Fault> asked = EnumSet.copyOf(declaration.faults());
        Set<Fault> amongNodes = transports.amongNodes();
        // What happens to an application without nodes, too, is no matter of nodes.
        applications.forEach(application -> amongNodes.removeAll(application.faults()));
        if (declaration.takesTheDefault()) {
            asked.removeIf(fault -> AMONG_NODES.contains(fault) && !amongNodes.contains(fault));
            asked.removeAll(transports.onlyIfNamed());
            asked.removeAll(FaultSource.absent());
        }
        FaultSelection faults = FaultSelection.of(asked).requiring(declaration.required());
        // A replay is one schedule, and has no parts.
        Shard part = replay == null ? shard() : Shard.WHOLE;
        Settings wanted = new Settings(faults, bounds, budget(profile), first, replay, undelivered(), part)
                .withDeriving(declaration.derives() ? Deriving.USUAL : null);
        Set<Fault> offered = FaultSource.present();
        offered.addAll(transports.faults(declaration.required()));
        applications.forEach(application -> offered.addAll(application.faults()));
        if (!declaration.takesTheDefault()) {
            amongNodes.removeAll(asked);
        }
        return wanted.limitedTo(offered, transports.toString()).amongNodes(amongNodes);
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

    /** Says which part of the schedules the build runs. */
    Shard shard() {
        return read(SHARD, "the number of a part and how many there are, such as '2/8'", Shard::parse)
                .orElse(Shard.WHOLE);
    }

    /** Says where what a test leaves is kept, if anywhere; what each part of the schedules leaves has a directory of its own in there. */
    Optional<Path> directory() {
        Shard shard = shard();
        return shard.isPart()
                ? wholeDirectory().map(all -> all.resolve("shard-" + shard.number() + "-of-" + shard.of()))
                : wholeDirectory();
    }

    /** Says where all parts of the schedules leave what they do. */
    Optional<Path> wholeDirectory() {
        return read(DIRECTORY, "the path of a directory", Path::of)
                .or(() -> BuildDirectory.of(context.getRequiredTestClass(), Path.of(""))
                        .map(build -> build.resolve("atleastonce")));
    }

    private Bounds bounds(Bounds defaults) {
        Bounds bounds = defaults;
        for (Bound bound : Bound.values()) {
            Bounds present = bounds;
            Function<String, Bounds> reader = text -> present.with(bound, text);
            Bounds declared = declared(bound, reader);
            bounds = read("atleastonce." + bound, bound.wanted(), declared, reader)
                    .orElse(present);
        }
        return bounds;
    }

    private @Nullable Bounds declared(Bound bound, Function<String, Bounds> reader) {
        Declaration.Said said = declaration.bounds().get(bound);
        try {
            return said == null ? null : reader.apply(said.value());
        } catch (IllegalArgumentException unlawful) {
            throw new UsageException(declaration.where() + ": " + bound + " wants " + bound.wanted() + ", but is "
                    + said.quoted() + ".");
        }
    }

    private @Nullable Budget budget(@Nullable Profile profile) {
        Duration usual = declaration.takesTheDefault() && !isSaid(Bound.MAX_FAULTS) ? WIDE : null;
        Function<String, Duration> reader =
                text -> Bounds.DEFAULT.with(Bound.TIMEOUT, text).timeout();
        String declared = declaration.budget();
        try {
            Duration own = declared.isBlank() ? null : reader.apply(declared);
            Duration time = read(BUDGET, Bound.TIMEOUT.wanted(), profile == null ? own : profile.time(), reader)
                    .orElse(usual);
            return time == null ? null : profile == null ? new Budget(time, null) : profile.budget(time);
        } catch (IllegalArgumentException unreadable) {
            throw new UsageException(
                    declaration.where() + ": budget wants " + Bound.TIMEOUT.wanted() + ", but is '" + declared + "'.");
        }
    }

    /** An extension that checks something after a test could fail the run in which nothing is delivered, and nobody could hide that. */
    private @Nullable String undelivered() {
        if (!declaration.undelivered().isEmpty()) {
            return Settings.mayPassUndelivered(declaration.undelivered());
        }
        return LaterChecks.of(context)
                .map(name -> "not tried undelivered, since " + name + " may check something after each run")
                .orElse(null);
    }

    private boolean isSaid(Bound bound) {
        String name = "atleastonce." + bound;
        return declaration.bounds().containsKey(bound)
                || text(System.getProperty(name)).isPresent()
                || context.getConfigurationParameter(name)
                        .flatMap(Configuration::text)
                        .isPresent();
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
