package io.github.atleastonce.examples.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

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
                "%d cores%s, %.0f GiB of memory, %s %s%s, %s %s; %s",
                system.getAvailableProcessors(),
                value("/proc/cpuinfo", "model name", ":"),
                system.getTotalMemorySize() / GIBIBYTE,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                value("/etc/os-release", "PRETTY_NAME", "="),
                System.getProperty("java.vm.name"),
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

    /** The value of a key in a file that not every system has, in brackets. */
    private static String value(String file, String key, String separator) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(separator) + 1)
                            .replace("\"", "")
                            .strip())
                    .findFirst()
                    .map(value -> " (" + value + ")")
                    .orElse("");
        } catch (IOException absent) {
            return "";
        }
    }
}
