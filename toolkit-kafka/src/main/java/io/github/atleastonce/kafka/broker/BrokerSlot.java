package io.github.atleastonce.kafka.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The directory of a broker that builds use one after the other. Who has its lock may use the broker; a JVM that dies has lost it.
 *
 * <p>The broker itself takes the lock for good when nobody has used it for long.
 */
final class BrokerSlot implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final String USER = "user";
    private static final String LOG = "log";

    private final Path directory;
    private final FileChannel lock;

    private BrokerSlot(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Takes a slot, if nobody has it. */
    static Optional<BrokerSlot> take(Path directory) {
        try {
            Files.createDirectories(directory);
            // A process that closes a lock file loses all locks that it has on it: so never open one's own.
            if (Files.exists(directory.resolve(USER))
                    && Files.readString(directory.resolve(USER)).equals(self())) {
                return Optional.empty();
            }
            Optional<BrokerSlot> slot = locked(directory);
            if (slot.isPresent()) {
                Files.writeString(directory.resolve(USER), self());
            }
            return slot;
        } catch (IOException unusable) {
            throw unusable(directory, unusable);
        }
    }

    static BrokerUnavailableException unusable(Path directory, IOException why) {
        return new BrokerUnavailableException(
                "A reused broker wants a directory that can be written, but " + directory + " is none ("
                        + BrokerSettings.DIRECTORY + "): " + why,
                why);
    }

    /** Takes a slot for good if nobody has it, nor had it for a time. */
    static Optional<BrokerSlot> takeIdle(Path directory, Duration idle) throws IOException {
        try {
            FileTime used = Files.getLastModifiedTime(directory.resolve(USER));
            return used.toInstant().plus(idle).isAfter(Instant.now()) ? Optional.empty() : locked(directory);
        } catch (NoSuchFileException deleted) {
            return locked(directory);
        }
    }

    private static Optional<BrokerSlot> locked(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new BrokerSlot(directory, channel));
    }

    private static String self() {
        return Long.toString(ProcessHandle.current().pid());
    }

    Path directory() {
        return directory;
    }

    /** Where the broker's JVM writes what it prints. */
    Path log() {
        return directory.resolve(LOG);
    }

    /** Gives the slot to whoever comes next. */
    @Override
    public void close() {
        try (lock) {
            // Says also when it was used last.
            Files.writeString(directory.resolve(USER), "");
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
