package io.github.atleastonce.junit;

import io.github.atleastonce.schedule.ScheduleToken;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The schedule under which a test failed the last time. Where it cannot be read or written the next run is a little slower. */
final class KeptSchedule {

    private final KeptFile file;

    private KeptSchedule(KeptFile file) {
        this.file = file;
    }

    static KeptSchedule of(Class<?> testClass, Method method, Optional<Path> directory) {
        return new KeptSchedule(KeptFile.of(testClass, method, directory, ".schedule"));
    }

    /** Reads the schedule, unless it has more faults than are asked for now. */
    @Nullable
    ScheduleToken read(int maxFaults) {
        try {
            return file.read()
                    .map(ScheduleToken::parse)
                    .filter(token -> token.deviations().size() <= maxFaults)
                    .orElse(null);
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    void write(ScheduleToken token) {
        file.write(token + System.lineSeparator());
    }

    void delete() {
        file.delete();
    }
}
