package io.github.atleastonce.journey;

import io.github.atleastonce.explore.Baseline;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.report.Journey;
import io.github.atleastonce.report.Leg;
import io.github.atleastonce.run.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractAssert;

/** Asserts which way messages take. */
@API(status = API.Status.EXPERIMENTAL)
public final class JourneysAssert extends AbstractAssert<JourneysAssert, Journeys> {

    /** The system property that lets what is seen be written in place of what was expected. */
    private static final String ACCEPT = "atleastonce.journey.accept";

    JourneysAssert(Journeys actual) {
        super(actual, JourneysAssert.class);
    }

    /** What all runs of an exploration have met so far. */
    private static final class Union {

        private Journey all;

        Union(Journey first) {
            all = first;
        }

        boolean grows(Journey run) {
            Journey more = all.and(run);
            boolean grows = !more.mermaid().equals(all.mermaid());
            all = more;
            return grows;
        }
    }

    /**
     * Verifies that messages take the way that is drawn in a file: without faults all solid legs and no other, under faults no leg that is not drawn. What
     * is drawn dashed has to be met under some schedule; the exploration passes only if it was. Tokens in the file are for people.
     *
     * <p>With the system property {@code atleastonce.journey.accept=true} nothing is compared, and the file is written: all legs of all runs.
     *
     * @param file the path of the file, usually relative to the module's directory, for example {@code src/test/journeys/orders.mmd}
     * @return this
     * @throws UsageException if the path is none, or the file cannot be read or written
     */
    public JourneysAssert areAsIn(String file) {
        if (!actual.run().faults().delivers()) {
            failWithMessage("There was no journey: nothing was delivered.");
        }
        Path path = path(file);
        if (Boolean.getBoolean(ACCEPT)) {
            accept(path);
            return this;
        }
        Journey expected = read(path)
                .orElseThrow(() -> new UsageException("There is no journey at " + file + ": let -D" + ACCEPT
                        + "=true write it, read it, and keep it with the sources."));
        compare(expected, file);
        return this;
    }

    private void compare(Journey expected, String file) {
        Journey seen = actual.present();
        boolean faultFree =
                actual.run().history().of(Event.Injected.class).findAny().isEmpty();
        Set<Leg> more = new TreeSet<>(expected.and(seen).legs());
        more.retainAll(seen.legs());
        more.removeAll(faultFree ? expected.solid() : expected.legs());
        Set<Leg> missing = faultFree ? new TreeSet<>(expected.solid()) : new TreeSet<>();
        missing.removeAll(seen.legs());
        Set<Leg> faultsOnly = new TreeSet<>(more);
        faultsOnly.retainAll(expected.legs());
        more.removeAll(faultsOnly);
        if (!more.isEmpty() || !missing.isEmpty() || !faultsOnly.isEmpty()) {
            failWithMessage(
                    "The journey %s is not as drawn in %s.%s%s%s%nIf that is how it should be: -D%s=true draws it anew.",
                    faultFree ? "without any fault" : "under this schedule",
                    file,
                    listed("Not drawn there", more),
                    listed("Drawn there, and not met", missing),
                    listed("Drawn there for faults only", faultsOnly),
                    ACCEPT);
        }
        Caveats caveats = actual.run().history().caveats();
        Set<Leg> dashed = new TreeSet<>(expected.legs());
        dashed.removeAll(expected.solid());
        for (Leg leg : dashed) {
            String never = "no schedule has met " + leg + ", as drawn in " + file;
            caveats.require(never);
            if (seen.legs().contains(leg)) {
                caveats.came(never);
            }
        }
    }

    private void accept(Path path) {
        Journey seen = actual.present();
        Union union = (Union) Baseline.of(actual.run()).of("the journey of " + path, new Union(Journey.read("")));
        if (union.grows(seen)) {
            try {
                Path directory = path.toAbsolutePath().getParent();
                if (directory != null) {
                    Files.createDirectories(directory);
                }
                Files.writeString(path, union.all.mermaid());
            } catch (IOException unwritable) {
                throw new UsageException("The journey cannot be written to " + path + ": " + unwritable, unwritable);
            }
        }
        actual.run().history().caveats().remark("the journey was not compared, but written to " + path);
    }

    private static Optional<Journey> read(Path path) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Journey.read(Files.readString(path)));
        } catch (IOException unreadable) {
            throw new UsageException("The journey at " + path + " cannot be read: " + unreadable, unreadable);
        }
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException none) {
            throw new UsageException("areAsIn wants the path of a file, but got '" + file + "'.", none);
        }
    }

    private static String listed(String what, Set<Leg> legs) {
        return legs.isEmpty()
                ? ""
                : legs.stream().map(Leg::toString).collect(Collectors.joining("\n  ", "\n" + what + ":\n  ", ""));
    }
}
