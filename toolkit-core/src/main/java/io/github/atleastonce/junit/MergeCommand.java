package io.github.atleastonce.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * <p>It ends with 0 if every test holds, with 1 if one does not or is not known to, and with 2 if there is nothing to put together.
 */
@API(status = API.Status.INTERNAL)
public final class MergeCommand {

    private static final String USAGE =
            "Usage: java -jar toolkit-core.jar merge DIRECTORY..., with the directories that the shards left "
                    + "(target/atleastonce), or one above them.";

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
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            Path directory = Path.of(argument);
            if (!Files.isDirectory(directory)) {
                Console.line("There is no directory " + argument + ".");
                return 2;
            }
            find(directory, found);
        }
        if (found.isEmpty()) {
            Console.line(
                    "No report of a shard lies below " + arguments[1]
                            + ": run the tests with -Datleastonce.shard=1/2 and so on, and let each leave its target/atleastonce there.");
            return 2;
        }
        return merge(found, Path.of(arguments[1]));
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
    private static void find(Path below, Map<Path, List<KeptResult>> found) {
        try (Stream<Path> files = Files.walk(below)) {
            files.filter(file -> file.endsWith(KeptResult.DIRECTORY) && Files.isDirectory(file))
                    .map(file -> file.toAbsolutePath().normalize().getParent())
                    .sorted()
                    .forEach(directory -> {
                        List<KeptResult> shards = KeptResult.allIn(directory).stream()
                                .filter(result -> result.entries().containsKey(Result.SHARD))
                                .toList();
                        if (!shards.isEmpty()) {
                            found.put(directory, shards);
                        }
                    });
        } catch (IOException unreadable) {
            // what cannot be read is missing, which is told
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
