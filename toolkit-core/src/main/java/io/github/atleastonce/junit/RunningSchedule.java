package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Trial;
import io.github.atleastonce.report.Printable;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schedule that is about to be run, in a file that goes when the exploration has ended: a JVM that dies in it leaves its token. A JVM that
 * lives holds a lock. What cannot be read or written is left alone, as with {@link KeptFile}.
 */
final class RunningSchedule {

    static final String ENDING = ".running";
    private static final int NAME = 1_000;
    /** Room for a name in any script, and for a token of many faults. */
    private static final int SIZE = 8_192;

    private final String test;
    private final @Nullable Path file;
    private @Nullable FileChannel channel;
    /** Memory, since it is written once a schedule; what a process leaves there is in its file. */
    private @Nullable MappedByteBuffer present;

    private RunningSchedule(String test, @Nullable Path file) {
        this.test = test;
        this.file = file;
    }

    static RunningSchedule of(Class<?> testClass, Method method, Optional<Path> directory) {
        return new RunningSchedule(
                testClass.getSimpleName() + "." + method.getName(),
                KeptFile.of(testClass, method, directory, ENDING).path());
    }

    /** Opens the file, and tells in a sentence what a JVM has left there that died. */
    Optional<String> open() {
        if (file == null) {
            return Optional.empty();
        }
        try {
            Files.createDirectories(file.getParent());
            FileChannel open = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (open.tryLock() == null) {
                open.close();
                return Optional.empty();
            }
            channel = open;
            byte[] left = Channels.newInputStream(open).readAllBytes();
            // Memory of a file that has no place on its disk cannot be written.
            open.write(ByteBuffer.allocate(SIZE), 0);
            present = open.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
            return left(test, left);
        } catch (IOException | OverlappingFileLockException inUse) {
            return Optional.empty();
        }
    }

    /** Tells in a sentence what a JVM has left in a file that died. */
    static Optional<String> leftIn(Path file) {
        String name = KeptResult.fileName(file.toString());
        try {
            return left(name.substring(0, name.length() - ENDING.length()), Files.readAllBytes(file));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> left(String test, byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", 3);
        if (lines.length < 3) {
            return Optional.empty();
        }
        return Optional.of(test + ": the JVM died the last time while it ran \"" + Printable.line(lines[1], NAME)
                + "\". Replay: -Datleastonce.replay='" + Printable.line(lines[0], NAME) + "'");
    }

    /** Writes over what stood there: two lines count, and not what follows them. */
    void begins(Trial trial) {
        MappedByteBuffer open = present;
        if (open != null) {
            write(open, trial.token() + "\n" + Printable.line(trial.name(), NAME) + "\n");
        }
    }

    private static void write(MappedByteBuffer open, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        open.put(0, bytes, 0, Math.min(bytes.length, SIZE));
    }

    /** Takes the file away: the exploration has ended, whatever its outcome. */
    void ended() {
        FileChannel open = channel;
        if (open == null || file == null) {
            return;
        }
        channel = null;
        if (present != null) {
            // Where a file that is mapped cannot be deleted, it says nothing.
            present.put(0, new byte[SIZE]);
            present = null;
        }
        try {
            open.close();
            Files.deleteIfExists(file);
        } catch (IOException inUse) {
            // see above
        }
    }
}
