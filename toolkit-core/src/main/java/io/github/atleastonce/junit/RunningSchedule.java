package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Trial;
import io.github.atleastonce.report.Printable;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schedule that is about to be run, in a file that goes when the exploration has ended: a JVM that dies in it leaves its token. A JVM that
 * lives holds a lock. What cannot be read or written is left alone, as with {@link KeptSchedule}.
 */
final class RunningSchedule {

    private static final String ENDING = ".running";
    private static final int NAME = 1_000;

    private final String test;
    private final @Nullable Path file;
    private @Nullable FileChannel channel;

    private RunningSchedule(String test, @Nullable Path file) {
        this.test = test;
        this.file = file;
    }

    static RunningSchedule of(Class<?> testClass, Method method, Optional<Path> directory) {
        return new RunningSchedule(
                testClass.getSimpleName() + "." + method.getName(),
                KeptSchedule.file(testClass, method, directory, ENDING));
    }

    /** Opens the file, and tells in a sentence what a JVM has left there that died. */
    Optional<String> open() {
        if (file == null) {
            return Optional.empty();
        }
        try {
            Files.createDirectories(file.getParent());
            FileChannel open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (open.tryLock() == null) {
                open.close();
                return Optional.empty();
            }
            channel = open;
            return left(Files.readAllLines(file));
        } catch (IOException | OverlappingFileLockException inUse) {
            return Optional.empty();
        }
    }

    private Optional<String> left(List<String> lines) {
        if (lines.size() < 2) {
            return Optional.empty();
        }
        String token = Printable.line(lines.get(0), NAME);
        return Optional.of(test + ": the JVM died the last time while it ran \"" + Printable.line(lines.get(1), NAME)
                + "\". Replay: -Datleastonce.replay='" + token + "'");
    }

    void begins(Trial trial) {
        FileChannel open = channel;
        if (open == null) {
            return;
        }
        String text = trial.token() + "\n" + Printable.line(trial.name(), NAME) + "\n";
        try {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            open.truncate(bytes.remaining());
            long at = 0;
            while (bytes.hasRemaining()) {
                at += open.write(bytes, at);
            }
        } catch (IOException unwritable) {
            // see above
        }
    }

    /** Takes the file away: the exploration has ended, whatever its outcome. */
    void ended() {
        FileChannel open = channel;
        if (open == null || file == null) {
            return;
        }
        channel = null;
        try {
            open.close();
            Files.deleteIfExists(file);
        } catch (IOException inUse) {
            // see above
        }
    }
}
