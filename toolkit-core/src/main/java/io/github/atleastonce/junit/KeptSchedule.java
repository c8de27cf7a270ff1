package io.github.atleastonce.junit;

import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.ScheduleToken;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schedule under which a test failed the last time, in a file of its own. The file is named by class and method: it
 * outlives every edit of the test. What cannot be read or written is left alone; the next run is then a little slower.
 */
final class KeptSchedule {

    private final @Nullable Path file;

    private KeptSchedule(@Nullable Path file) {
        this.file = file;
    }

    static KeptSchedule of(Class<?> testClass, Method method, Optional<Path> directory) {
        return new KeptSchedule(file(testClass, method, directory, ".schedule"));
    }

    /** Names a file of a test, such as the one that keeps its schedule. */
    static @Nullable Path file(Class<?> testClass, Method method, Optional<Path> directory, String ending) {
        String name = name(testClass, method);
        return directory.map(parent -> parent.resolve(name + ending)).orElse(null);
    }

    /** Names the file by class and method, and by what else tells the method from another one. */
    private static String name(Class<?> testClass, Method method) {
        StringBuilder name = new StringBuilder(testClass.getName()).append('.').append(method.getName());
        if (!List.of(method.getParameterTypes()).equals(List.of(Scenario.class))) {
            for (Class<?> parameter : method.getParameterTypes()) {
                name.append('-').append(parameter.getSimpleName());
            }
        }
        return FileName.of(name.toString());
    }

    /** Reads the schedule, unless it has more faults than are asked for now. */
    @Nullable
    ScheduleToken read(int maxFaults) {
        if (file == null || !Files.exists(file)) {
            return null;
        }
        try {
            ScheduleToken token = ScheduleToken.parse(Files.readString(file));
            return token.deviations().size() > maxFaults ? null : token;
        } catch (IOException | IllegalArgumentException unreadable) {
            return null;
        }
    }

    void write(ScheduleToken token) {
        if (file != null) {
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, token + System.lineSeparator());
            } catch (IOException unwritable) {
                // see above
            }
        }
    }

    void delete() {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException inUse) {
                // see above
            }
        }
    }
}
