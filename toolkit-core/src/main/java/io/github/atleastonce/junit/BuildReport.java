package io.github.atleastonce.junit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The reports of all fault tests of a build, in a directory. What cannot be written is left out: it must not fail a build. */
final class BuildReport {

    private static final String JSON = "report.json";

    private BuildReport() {}

    /** Puts the reports together out of all results that lie there, and returns where the one for machines is. */
    static Path write(Path directory) {
        Path report = directory.resolve(JSON);
        List<KeptResult> results = KeptResult.allIn(directory);
        try {
            KeptResult.replace(report, JsonReport.of(results));
        } catch (IOException unwritable) {
            // see above
        }
        return report;
    }
}
