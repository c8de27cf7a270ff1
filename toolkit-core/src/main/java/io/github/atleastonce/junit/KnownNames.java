package io.github.atleastonce.junit;

import io.github.atleastonce.report.Printable;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Refuses settings that nobody reads: a name that is one letter off would be passed over in silence. */
final class KnownNames {

    private static final String OURS = "atleastonce.";
    private static final String FILE = "junit-platform.properties";
    private static final int LONGEST = 80;

    private static final List<String> ALL = all();
    private static final Set<String> MISSPELT = misspelt();

    private KnownNames() {}

    private static List<String> all() {
        List<String> names = new ArrayList<>(List.of(
                Configuration.REPLAY,
                Configuration.BUDGET,
                Configuration.INCONCLUSIVE,
                Configuration.PROGRESS,
                Configuration.SHARD,
                Configuration.PROFILE,
                Configuration.DIRECTORY,
                Configuration.ACCEPT_JOURNEY,
                Configuration.ACCEPT_EVOLUTION));
        for (Bound bound : Bound.values()) {
            names.add(OURS + bound);
        }
        names.addAll(TransportProviders.settings());
        return List.copyOf(names);
    }

    private static Set<String> misspelt() {
        Set<String> misspelt = new LinkedHashSet<>();
        for (String name : ALL) {
            misspelt.addAll(Misspellings.of(OURS, name.substring(OURS.length())));
        }
        ALL.forEach(misspelt::remove);
        return misspelt;
    }

    /** Looks at the system properties, and at the file in which JUnit's configuration parameters stand. */
    static void require() {
        refuse("system property", System.getProperties().stringPropertyNames());
        refuse("configuration parameter", inFile());
    }

    /** Looks for what a build tool may have meant by a configuration parameter of its own. */
    static void requireParameters(ExtensionContext context) {
        for (String command : List.of(Configuration.ACCEPT_JOURNEY, Configuration.ACCEPT_EVOLUTION)) {
            if (System.getProperty(command) == null
                    && context.getConfigurationParameter(command).isPresent()) {
                throw new UsageException("The configuration parameter " + command
                        + " is read by nobody: it is a command for one run, so give it as a system property.");
            }
        }
        refuse(
                "configuration parameter",
                MISSPELT.stream()
                        .filter(name -> context.getConfigurationParameter(name).isPresent())
                        .toList());
    }

    private static void refuse(String kind, Collection<String> names) {
        unknown(names).ifPresent(name -> {
            throw new UsageException(sentence(kind, name));
        });
    }

    /** Finds the first name that looks like one of ours and is none. */
    static Optional<String> unknown(Collection<String> names) {
        return names.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(OURS))
                .filter(name -> !ALL.contains(name) && isOfAModuleHere(name))
                .sorted()
                .findFirst();
    }

    /** What has a further dot belongs to another module, which may not be on this class path. */
    private static boolean isOfAModuleHere(String name) {
        int dot = name.indexOf('.', OURS.length());
        return dot < 0 || ALL.stream().anyMatch(known -> known.startsWith(name.substring(0, dot + 1)));
    }

    static String sentence(String kind, String name) {
        return "There is no " + kind + " " + Printable.line(name, LONGEST) + ": the nearest one is " + nearest(name)
                + ".";
    }

    static String nearest(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return ALL.stream()
                .min(Comparator.comparingInt(known -> distance(wanted, known.toLowerCase(Locale.ROOT))))
                .orElseThrow();
    }

    private static Set<String> inFile() {
        @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (@Nullable InputStream in = loader == null ? null : loader.getResourceAsStream(FILE)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.stringPropertyNames();
        } catch (IOException | IllegalArgumentException unreadable) {
            return Set.of();
        }
    }

    /** How many letters have to be put in, left out or changed. */
    private static int distance(String from, String to) {
        int length = Math.min(from.length(), LONGEST);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
