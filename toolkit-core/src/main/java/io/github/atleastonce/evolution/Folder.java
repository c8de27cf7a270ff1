package io.github.atleastonce.evolution;

import io.github.atleastonce.run.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of an event: a file for each version. Files are added, and never written again. */
final class Folder {

    /** The system property that lets a new version be written. */
    static final String ACCEPT = "atleastonce.evolution.accept";

    private final Path path;
    private final String suffix;
    private final Pattern name;

    /**
     * A version of an event.
     *
     * @param number its number
     * @param file its file
     * @param label the name of the event's folder and of the file, for messages
     * @param bytes what the file holds
     */
    record Version(int number, Path file, String label, byte[] bytes) {}

    /**
     * Takes a folder, which need not be there yet.
     *
     * @param path where it is
     * @param suffix how the names of its files end
     * @throws UsageException if the path is none
     */
    Folder(String path, String suffix) {
        try {
            this.path = Path.of(path);
        } catch (InvalidPathException none) {
            throw new UsageException("at(…) wants the path of a folder, but got '" + path + "'.", none);
        }
        this.suffix = suffix;
        this.name = Pattern.compile("v([1-9][0-9]{0,5})" + Pattern.quote(suffix));
    }

    static boolean accepts() {
        return Boolean.getBoolean(ACCEPT);
    }

    /** Names the event. */
    String event() {
        Path last = path.getFileName();
        return last == null ? path.toString() : last.toString();
    }

    /** Tells two archives of events with the same name apart. */
    Path location() {
        return path.toAbsolutePath().normalize();
    }

    /**
     * Reads all versions, the oldest first.
     *
     * @throws UsageException if one is missing between others, or a file has another name
     */
    List<Version> versions() {
        SortedMap<Integer, Version> versions = new TreeMap<>();
        for (Path file : files()) {
            Matcher matcher = name.matcher(file.getFileName().toString());
            if (!matcher.matches()) {
                throw new UsageException(file + " is not archived under a version: files are named v1" + suffix + ", v2"
                        + suffix + " and so on.");
            }
            int number = Integer.parseInt(matcher.group(1));
            versions.put(number, new Version(number, file, event() + "/" + file.getFileName(), read(file)));
        }
        if (!versions.isEmpty() && versions.lastKey() - versions.firstKey() >= versions.size()) {
            throw new UsageException(
                    "Between v" + versions.firstKey() + " and v" + versions.lastKey() + " of " + event()
                            + " a version is missing in " + path
                            + ": a version is kept for as long as events of it may lie on a topic, and the oldest goes first.");
        }
        return List.copyOf(versions.values());
    }

    /**
     * Reads all versions, of which there must be one.
     *
     * @throws UsageException if there is none
     */
    List<Version> archived() {
        List<Version> versions = versions();
        if (versions.isEmpty()) {
            throw new UsageException("No version of " + event() + " is archived in " + path
                    + ": let holdsTodaysVersion() write it by -D" + ACCEPT + "=true, or copy the producer's examples.");
        }
        return versions;
    }

    /** Reads the newest version. */
    Optional<Version> newest() {
        List<Version> versions = versions();
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    /** Adds a version behind the newest one. */
    void append(String content) {
        write(path.resolve("v" + next() + suffix), content);
    }

    /** Adds a version that tells only its structure, and an example beside it. */
    void append(String content, String example) {
        write(example(next()), example);
        append(content);
    }

    /** Reads the example of a version that tells only its structure, if there is one. */
    Optional<String> exampleOf(Version version) {
        Path file = example(version.number());
        return Files.exists(file) ? Optional.of(new String(read(file), StandardCharsets.UTF_8)) : Optional.empty();
    }

    private Path example(int version) {
        return path.resolve("v" + version + ".json");
    }

    /** Another JVM may accept the same version at the same time. */
    private void write(Path file, String content) {
        try {
            Files.createDirectories(path);
            Files.writeString(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException present) {
            throw new UsageException(
                    "The version cannot be added: " + file
                            + " is there already, and no file of an archive is written again.",
                    present);
        } catch (IOException unwritable) {
            throw new UsageException("The version cannot be written to " + file + ": " + unwritable, unwritable);
        }
    }

    /** Says how to accept what is not archived. */
    String howToAccept() {
        String first = "-D" + ACCEPT + "=true adds it as " + event() + "/v" + next() + suffix;
        return next() == 1
                ? first
                : first + "; what is archived stays as it is, since such events may still lie on topics";
    }

    private int next() {
        return newest().map(newest -> newest.number() + 1).orElse(1);
    }

    private List<Path> files() {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(path)) {
            return new ArrayList<>(
                    all.filter(file -> file.toString().endsWith(suffix)).toList());
        } catch (IOException unreadable) {
            throw unreadable(path, unreadable);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    private static UsageException unreadable(Path file, IOException why) {
        return new UsageException(file + " cannot be read: " + why, why);
    }

    static String text(Version version) {
        return new String(version.bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
