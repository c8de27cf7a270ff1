package io.github.atleastonce.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a fault test has come to, as the entries that it published. Each has a file of its own, out of which reports are put together, so that several JVMs of one build, a
 * second run of what failed, and the shards of a test add to them. What cannot be written or read is left out: it must not fail a build.
 *
 * @param testClass the full name of the class
 * @param method the method, and what tells it from others of that name
 * @param entries what was published
 */
record KeptResult(String testClass, String method, Map<String, String> entries) {

    static final String DIRECTORY = "results";

    private static final String ENDING = ".entries";
    private static final String CLASS = "class";
    private static final String METHOD = "method";

    /** Names the test for people who see its class. */
    String shortName() {
        return testClass.substring(testClass.lastIndexOf('.') + 1).replace('$', '.') + "." + method;
    }

    String packageName() {
        return testClass.substring(0, Math.max(0, testClass.lastIndexOf('.')));
    }

    /** Returns the last part of a path, which may be one of another machine. */
    static String fileName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** Names the test among all. */
    String name() {
        return testClass.replace('$', '.') + "." + method;
    }

    /** Names the files that the test itself leaves there, but for their endings: as {@link KeptFile} does, to which the method is known. */
    String keptName() {
        return FileName.of(
                testClass + "." + method.replace("(", "-").replace(", ", "-").replace(")", ""));
    }

    /** Writes it into a directory of reports, in the place of what stood there for the same test. */
    void write(Path directory) {
        Form form = new Form().put(CLASS, testClass).put(METHOD, method);
        entries.forEach(form::put);
        try {
            Path results = Files.createDirectories(directory.resolve(DIRECTORY));
            replace(results.resolve(FileName.of(testClass + "." + method) + ENDING), form.toString());
        } catch (IOException unwritable) {
            // see above
        }
    }

    /** Reads all that stand in a directory of reports, in the order of their names. */
    static List<KeptResult> allIn(Path directory) {
        List<KeptResult> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve(DIRECTORY))) {
            files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .forEach(file -> read(file).ifPresent(all::add));
        } catch (IOException unreadable) {
            return all;
        }
        return all;
    }

    /** Puts a text into the place of another in one go: somebody may be reading it. */
    static void replace(Path file, String text) throws IOException {
        Path draft = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".draft");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Optional<KeptResult> read(Path file) {
        try {
            Form form = Form.parse(Files.readString(file));
            Map<String, String> entries = new LinkedHashMap<>();
            form.names().stream()
                    .filter(name -> !name.equals(CLASS) && !name.equals(METHOD))
                    .forEach(name -> entries.put(name, form.one(name)));
            return Optional.of(new KeptResult(form.one(CLASS), form.one(METHOD), entries));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
