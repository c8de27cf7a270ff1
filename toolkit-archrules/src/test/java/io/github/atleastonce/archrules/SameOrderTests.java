package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.atleastonce.archrules.contract.ContractBaseline;
import io.github.atleastonce.archrules.map.CouplingMap;
import io.github.atleastonce.archrules.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same classes give the same report, whatever order they come in. Each import shuffles the members and calls, since
 * ArchUnit's sets go by identity; the files are shuffled here.
 */
class SameOrderTests {

    @TestFactory
    Stream<DynamicTest> anotherImportGivesTheSameReport(@TempDir Path directory) throws IOException {
        return tests(directory, 2);
    }

    @TestFactory
    @Tag("long")
    Stream<DynamicTest> eachImportGivesTheSameReport(@TempDir Path directory) throws IOException {
        return tests(directory, 5);
    }

    private static Stream<DynamicTest> tests(Path directory, int imports) throws IOException {
        List<Path> projects = new ArrayList<>(List.of(CouplingMapTests.MAPS.resolve("shop.java")));
        projects.addAll(files(CorpusTests.CORPUS));
        projects.addAll(files(Path.of("src/test/orders")));
        return projects.stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getParent().getFileName() + "/" + file.getFileName(),
                        () -> check(file, Files.createTempDirectory(directory, "order"), imports)));
    }

    private static void check(Path file, Path directory, int imports) throws IOException {
        Fixture fixture = Fixture.read(
                file,
                Idiom.SPRING_KAFKA,
                Fixture.generations(Files.readString(file)).get(0));
        List<Path> classes = new ArrayList<>();
        try (Stream<Path> compiled = Files.walk(fixture.compileTo(directory))) {
            compiled.filter(path -> path.toString().endsWith(".class")).forEach(classes::add);
        }
        ArchitectureCheck check =
                ArchitectureCheck.of(fixture.architecture(directory)).rules(Rules.CATALOGUE);
        Set<String> reports = new HashSet<>();
        for (int seed = 0; seed < imports; seed++) {
            Collections.shuffle(classes, new Random(seed));
            reports.add(text(
                    check.run(new ClassFileImporter().importPaths(classes), new Surroundings(true, Set.of())),
                    directory.resolve("baseline.written")));
        }
        assertThat(reports).hasSize(1);
    }

    /** All that is written somewhere: messages, model, map and baseline. */
    private static String text(Report report, Path baseline) throws IOException {
        StringBuilder text = new StringBuilder();
        report.results().forEach(result -> text.append(result.message()).append(result.fresh()));
        report.model()
                .consumptions()
                .forEach(consumption -> text.append(consumption).append('\n'));
        report.model()
                .publications()
                .forEach(publication -> text.append(publication).append('\n'));
        report.model().synchronousEdges().forEach(edge -> text.append(edge).append('\n'));
        ContractBaseline.of(report.model()).write(baseline);
        return text.append(CouplingMap.of(report.model()).toHtml())
                .append(Files.readString(baseline))
                .toString();
    }

    private static List<Path> files(Path directory) throws IOException {
        return list(directory).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
