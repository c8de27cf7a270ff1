package io.github.atleastonce.junit;

import io.github.atleastonce.schedule.ScheduleToken;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The schedule under which a test failed the last time. Where it cannot be read or written the next run is a little slower. */
final class KeptSchedule {

    static final String ENDING = ".schedule";

    private final KeptFile file;
    /** Of all parts together, where this is of one. */
    private final KeptFile whole;

    private KeptSchedule(KeptFile file, KeptFile whole) {
        this.file = file;
        this.whole = whole;
    }

    static KeptSchedule of(Class<?> testClass, Method method, Optional<Path> directory) {
        return of(testClass, method, directory, directory);
    }

    /** Keeps one in a directory, and knows another one that lies elsewhere: which every part tries, as it is one run only. */
    static KeptSchedule of(Class<?> testClass, Method method, Optional<Path> directory, Optional<Path> whole) {
        return new KeptSchedule(
                KeptFile.of(testClass, method, directory, ENDING), KeptFile.of(testClass, method, whole, ENDING));
    }

    /** Reads the schedule, unless it has more faults than are asked for now. */
    @Nullable
    ScheduleToken read(int maxFaults) {
        try {
            return file.read()
                    .or(whole::read)
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
        whole.delete();
    }
}
