package io.github.atleastonce.junit;

import io.github.atleastonce.report.BuildPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reports of all fault tests of a build, in a directory. What cannot be written is left out: it must not fail a build. */
final class BuildReport {

    private static final String JSON = "report.json";
    private static final String PAGE = "index.html";

    private BuildReport() {}

    /** Puts the reports together out of all results that lie there, and returns where the one for people is. */
    static Path write(Path directory) {
        Path page = directory.resolve(PAGE);
        List<KeptResult> results = KeptResult.allIn(directory);
        try {
            KeptResult.replace(directory.resolve(JSON), JsonReport.of(results));
            String headline =
                    ClaimLines.total(results.stream().map(KeptResult::entries).toList());
            KeptResult.replace(
                    page,
                    BuildPage.of(
                            headline,
                            results.stream().map(each -> test(each, directory)).toList()));
        } catch (IOException unwritable) {
            // see above
        }
        return page;
    }

    private static BuildPage.Test test(KeptResult result, Path directory) {
        Map<String, String> entries = result.entries();
        return new BuildPage.Test(
                result.shortName(),
                result.packageName(),
                Result.holds(entries),
                entries.getOrDefault(Result.LINE, ""),
                entries.getOrDefault(Result.STORY, ""),
                page(entries.get(Result.PAGE), directory),
                entries.getOrDefault(Result.RUNS, ""),
                ClaimLines.time(entries));
    }

    /** The page of a failure lies beside this one, wherever both of them are taken. */
    private static @Nullable String page(@Nullable String file, Path directory) {
        if (file == null) {
            return null;
        }
        String name = KeptResult.fileName(file);
        return Files.exists(directory.resolve(name)) ? name : null;
    }
}
