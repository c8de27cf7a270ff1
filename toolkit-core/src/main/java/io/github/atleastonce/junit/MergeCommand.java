package io.github.atleastonce.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Puts the reports of all shards together: {@code java -jar toolkit-core.jar merge DIRECTORY...}. It looks for them below the directories, prints one line for each fault
 * test and one for all, and leaves in the first directory what a build without shards would: the reports, the pages of failures, and what failed.
 *
 * <p>It ends with 0 if every test holds, with 1 if one does not or is not known to, or if a JVM died in a shard, and with 2 if there is nothing to put together.
 */
@API(status = API.Status.INTERNAL)
public final class MergeCommand {

    private static final String USAGE =
            "Usage: java -jar toolkit-core.jar merge DIRECTORY..., with the directories that the shards left "
                    + "(target/atleastonce), or one above them.";

    /** What a JVM that died in a test of a shard has left. */
    private static final PathMatcher LEFT_BY_SHARD =
            FileSystems.getDefault().getPathMatcher("glob:**/shard-*-of-*/*" + RunningSchedule.ENDING);

    private final Pipeline pipeline;

    MergeCommand(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Runs the command, and ends the JVM.
     *
     * @param arguments the word {@code merge}, and at least one directory
     */
    public static void main(String[] arguments) {
        System.exit(new MergeCommand(Pipeline.present()).run(arguments));
    }

    int run(String... arguments) {
        if (arguments.length < 2 || !arguments[0].equals("merge")) {
            Console.line(USAGE);
            return 2;
        }
        Map<Path, List<KeptResult>> found = new LinkedHashMap<>();
        Map<Path, String> died = new TreeMap<>();
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            Path directory = Path.of(argument);
            if (!Files.isDirectory(directory)) {
                Console.line("There is no directory " + argument + ".");
                return 2;
            }
            find(directory, found, died);
        }
        died.values().forEach(Console::line);
        if (found.isEmpty()) {
            Console.line(
                    "No report of a shard lies below " + arguments[1]
                            + ": run the tests with -Datleastonce.shard=1/2 and so on, and let each leave its target/atleastonce there.");
            return 2;
        }
        return Math.max(merge(found, Path.of(arguments[1])), died.isEmpty() ? 0 : 1);
    }

    private int merge(Map<Path, List<KeptResult>> found, Path into) {
        Map<String, List<KeptResult>> tests = new TreeMap<>();
        found.values()
                .forEach(results ->
                        results.forEach(result -> tests.computeIfAbsent(result.name(), none -> new ArrayList<>())
                                .add(result)));
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        tests.forEach((name, parts) -> {
            KeptResult merged = MergedShards.of(parts);
            keep(merged, found, into);
            Console.line(ClaimLines.of(merged));
            pipeline.lines(merged.shortName(), merged.entries()).forEach(Console::forPipeline);
            merged.write(into);
            all.put(name, merged.entries());
        });
        Path report = BuildReport.write(into);
        Console.line(ClaimLines.total(List.copyOf(all.values())) + "; see " + ClaimLines.fromHere(report));
        pipeline.summarize(all);
        return all.values().stream().allMatch(Result::holds) ? 0 : 1;
    }

    /** Where a directory was given twice, once by one above it, its reports count once. */
    private static void find(Path below, Map<Path, List<KeptResult>> found, Map<Path, String> died) {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(below)) {
            files = walk.map(file -> file.toAbsolutePath().normalize()).sorted().toList();
        } catch (IOException | UncheckedIOException unreadable) {
            // what cannot be read is missing, which is told
            return;
        }
        for (Path file : files) {
            if (LEFT_BY_SHARD.matches(file)) {
                RunningSchedule.leftIn(file).ifPresent(sentence -> died.put(file, sentence));
            }
        }
        for (Path file : files) {
            Path directory = file.getParent();
            if (directory != null && file.endsWith(KeptResult.DIRECTORY) && Files.isDirectory(file)) {
                List<KeptResult> shards = KeptResult.allIn(directory).stream()
                        .filter(result -> result.entries().containsKey(Result.SHARD))
                        // Where a JVM has died in the test, the result is one of an earlier build.
                        .filter(result ->
                                !died.containsKey(directory.resolve(result.keptName() + RunningSchedule.ENDING)))
                        .toList();
                if (!shards.isEmpty()) {
                    found.put(directory, shards);
                }
            }
        }
    }

    /**
     * Copies what the shard that found the failure has left of it: the page, and the schedule that is tried first the next time. Where none did, those of an
     * earlier failure go, as in a build without shards.
     */
    private static void keep(KeptResult merged, Map<Path, List<KeptResult>> found, Path into) {
        String page = merged.entries().remove(Result.PAGE);
        if (page == null) {
            delete(into, merged.keptName() + FailureFile.ENDING);
            if (Result.HOLDS.equals(merged.entries().get(Result.OUTCOME))) {
                delete(into, merged.keptName() + KeptSchedule.ENDING);
            }
            return;
        }
        String name = KeptResult.fileName(page);
        for (Map.Entry<Path, List<KeptResult>> shard : found.entrySet()) {
            boolean here = shard.getValue().stream().anyMatch(result -> isOf(result, merged));
            Optional<Path> copy = here ? copy(shard.getKey(), name, into) : Optional.empty();
            if (copy.isPresent()) {
                merged.entries().put(Result.PAGE, copy.get().toString());
                copy(shard.getKey(), name.replace(FailureFile.ENDING, KeptSchedule.ENDING), into);
                return;
            }
        }
    }

    /** Only a result that failed has a page of its own; what else lies there is of an earlier build. */
    private static boolean isOf(KeptResult result, KeptResult merged) {
        Map<String, String> entries = result.entries();
        return result.name().equals(merged.name())
                && Result.FAILED.equals(entries.get(Result.OUTCOME))
                && entries.containsKey(Result.PAGE)
                && Objects.equals(entries.get(Result.TOKEN), merged.entries().get(Result.TOKEN));
    }

    private static void delete(Path directory, String name) {
        try {
            Files.deleteIfExists(directory.resolve(name));
        } catch (IOException inUse) {
            // as with what a build without shards leaves
        }
    }

    private static Optional<Path> copy(Path from, String name, Path into) {
        Path file = from.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.copy(
                    file, into.toAbsolutePath().normalize().resolve(name), StandardCopyOption.REPLACE_EXISTING));
        } catch (IOException unwritable) {
            return Optional.empty();
        }
    }
}
