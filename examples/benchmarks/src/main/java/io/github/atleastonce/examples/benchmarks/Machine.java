package io.github.atleastonce.examples.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** The machine that figures are from, and what else it had to do. */
final class Machine {

    private static final double GIBIBYTE = 1L << 30;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** How many threads wanted to run before anything was measured; negative where nobody knows. */
    private final double load = system.getSystemLoadAverage();

    /** Says what counts: processors, memory, system, JDK, and whether there was other work. */
    String describe() {
        return String.format(
                Locale.ROOT,
                "%d cores%s, %.0f GiB of memory, %s, Java %s; %s",
                system.getAvailableProcessors(),
                processor(),
                system.getTotalMemorySize() / GIBIBYTE,
                System.getProperty("os.name"),
                System.getProperty("java.version"),
                rest());
    }

    private String rest() {
        if (load < 0) {
            return "its load is not known";
        }
        boolean resting = load < system.getAvailableProcessors() / 2.0;
        return String.format(
                Locale.ROOT,
                resting
                        ? "at rest when it began, with a load of %.1f"
                        : "**busy with other work when it began**, with a load of %.1f, so that times are too long",
                load);
    }

    /** The name of the processor, in brackets, where the system tells it. */
    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .map(name -> " (" + name + ")")
                    .orElse("");
        } catch (IOException | UncheckedIOException untold) {
            return "";
        }
    }
}
