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
    /** Whether that one was read, as there was no own one: whatever becomes of the test, it says nothing of one that was not tried. */
    private boolean triedWhole;

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
        Optional<String> own = file.read();
        try {
            ScheduleToken token = own.or(whole::read)
                    .map(ScheduleToken::parse)
                    .filter(kept -> kept.deviations().size() <= maxFaults)
                    .orElse(null);
            triedWhole = own.isEmpty() && token != null;
            return token;
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    void write(ScheduleToken token) {
        file.write(token + System.lineSeparator());
    }

    void delete() {
        file.delete();
        if (triedWhole) {
            whole.delete();
        }
    }
}
