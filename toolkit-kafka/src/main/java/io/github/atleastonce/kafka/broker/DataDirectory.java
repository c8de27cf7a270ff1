package io.github.atleastonce.kafka.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an embedded broker keeps its files: in memory if the system has a file system for that, else below the temporary directory.
 * A lock says that its JVM lives; what a killed JVM left behind is deleted by the next one that passes.
 */
final class DataDirectory implements AutoCloseable {

    private static final String PREFIX = "atleastonce-kafka-";
    private static final String LOCK = "lock";
    private static final long ROOM_WANTED = 512L << 20;
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Path directory;
    private final FileChannel lock;

    private DataDirectory(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    static DataDirectory create() {
        return createIn(List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir"))));
    }

    static DataDirectory createIn(List<Path> candidates) {
        IOException last = null;
        for (Path candidate : candidates) {
            try {
                if (Files.isDirectory(candidate)
                        && Files.getFileStore(candidate).getUsableSpace() >= ROOM_WANTED) {
                    sweep(candidate);
                    return lockedIn(candidate);
                }
            } catch (IOException unusable) {
                last = unusable;
            }
        }
        throw new BrokerUnavailableException(
                "The embedded broker wants a writable directory with " + (ROOM_WANTED >> 20)
                        + " MiB of room, but none of " + candidates + " is one: set -Djava.io.tmpdir.",
                last);
    }

    /** Returns the directory for Kafka's own files. */
    Path logs() {
        return directory.resolve("logs");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException alreadyGone) {
            throw new UncheckedIOException(alreadyGone);
        } finally {
            delete(directory);
        }
    }

    private static DataDirectory lockedIn(Path parent) throws IOException {
        Path directory = Files.createTempDirectory(
                parent, PREFIX + ProcessHandle.current().pid() + "-");
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            throw new IOException("The lock in " + directory + " is held by another process.");
        }
        Files.createDirectory(directory.resolve("logs"));
        return new DataDirectory(directory, channel);
    }

    private static void sweep(Path parent) throws IOException {
        // A process that closes a lock file loses all locks that it has on it: so never open one's own.
        String own = PREFIX + ProcessHandle.current().pid() + "-";
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path sibling : siblings) {
                if (!sibling.getFileName().toString().startsWith(own) && isAbandoned(sibling)) {
                    delete(sibling);
                }
            }
        }
    }

    private static boolean isAbandoned(Path directory) {
        try {
            if (Files.getLastModifiedTime(directory)
                    .toInstant()
                    .isAfter(Instant.now().minus(GRACE))) {
                return false;
            }
            if (!Files.exists(directory.resolve(LOCK))) {
                return true; // the rest of one that was not deleted entirely
            }
            try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                return lock != null;
            }
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static void delete(@Nullable Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException gone) {
            // Whatever cannot be deleted now is swept later.
            return;
        }
    }
}
