package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.archrules.rules.ModelRules;
import io.github.atleastonce.archrules.rules.Rule;
import io.github.atleastonce.archrules.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each rule against a project that breaks it, one that nearly does, and a clean one; the starred rules in three idioms. */
class FixtureTests {

    private static final Path FIXTURES = Path.of("src/test/fixtures");

    /** Each file in one of its idioms, another one for the next file. */
    @TestFactory
    Stream<DynamicTest> rulesFindWhatTheyMust(@TempDir Path directory) throws IOException {
        return tests(directory, true);
    }

    @TestFactory
    @Tag("long")
    Stream<DynamicTest> rulesFindTheSameInAllOtherIdioms(@TempDir Path directory) throws IOException {
        return tests(directory, false);
    }

    private static Stream<DynamicTest> tests(Path directory, boolean one) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        int number = 0;
        for (Rule rule : Rules.CATALOGUE.rules()) {
            for (Path file : files(rule)) {
                List<Idiom> idioms = idioms(file);
                Idiom first = idioms.get(number++ % idioms.size());
                for (Idiom idiom : idioms) {
                    for (Generation generation : Fixture.generations(Files.readString(file))) {
                        if (one == (idiom == first)) {
                            tests.add(test(rule, Fixture.read(file, idiom, generation), directory));
                        }
                    }
                }
            }
        }
        return tests.stream();
    }

    private static DynamicTest test(Rule rule, Fixture fixture, Path directory) {
        return DynamicTest.dynamicTest(
                rule.id() + " " + fixture.file().getFileName() + " " + fixture.idiom() + " " + fixture.generation(),
                () -> check(rule, fixture, Files.createTempDirectory(directory, "fixture")));
    }

    @Test
    void eachRuleHasAViolatingANearlyViolatingAndACleanFixture() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Rule rule : Rules.CATALOGUE.rules()) {
            for (String kind : List.of("violating", "near", "clean")) {
                if (files(rule).stream()
                        .noneMatch(file -> file.getFileName().toString().startsWith(kind))) {
                    missing.add(rule.id() + "/" + kind);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Which fixture proves which rule in which idiom: all of the ones with placeholders, in all of the starred idioms. */
    @TestFactory
    Stream<DynamicTest> eachRecommendedRuleIsTriedInEachStarredIdiom() {
        return Rules.RECOMMENDED.rules().stream()
                .flatMap(rule -> Idiom.STARRED.stream()
                        .map(idiom -> DynamicTest.dynamicTest(rule.id() + " " + idiom, () -> {
                            Map<String, List<String>> proofs = proofs(rule, idiom);
                            assertThat(proofs.keySet()).containsExactlyInAnyOrder("violating", "near", "clean");
                            assertThat(proofs)
                                    .allSatisfy((kind, files) ->
                                            assertThat(files).as(kind).isNotEmpty());
                        })));
    }

    /** By kind, the files that run in the idiom and do not come out the same without it. */
    private static Map<String, List<String>> proofs(Rule rule, Idiom idiom) throws IOException {
        Map<String, List<String>> proofs = new TreeMap<>();
        for (Path file : files(rule)) {
            Fixture fixture = Fixture.read(file, idiom);
            if (idioms(file).contains(idiom) && !idiom.expand(fixture.text()).equals(fixture.text())) {
                String name = file.getFileName().toString();
                proofs.computeIfAbsent(name.replaceFirst("[-.].*", ""), key -> new ArrayList<>())
                        .add(name);
            }
        }
        return proofs;
    }

    @Test
    void noFixtureIsOrphaned() throws IOException {
        try (Stream<Path> directories = Files.list(FIXTURES)) {
            assertThat(directories.map(directory -> directory.getFileName().toString()))
                    .isSubsetOf(Rules.CATALOGUE.rules().stream().map(Rule::id).toList());
        }
    }

    private static void check(Rule rule, Fixture fixture, Path directory) {
        Report report = fixture.check(rule, directory);
        Optional<RuleResult> result = report.result(rule.id());
        assertThat(result).isPresent();
        assertThat(result.get().fresh())
                .extracting(violation -> violation
                        .headline()
                        .replaceAll("\\w+\\.poll\\w+ → ", "")
                        .replaceAll("\\.poll(?=on)", "."))
                .as(report.message())
                .containsExactlyInAnyOrderElementsOf(fixture.headers("finds"));
        boolean violating = fixture.file().getFileName().toString().startsWith("violating");
        assertThat(fixture.headers("finds").isEmpty())
                .as("only violating fixtures find something")
                .isNotEqualTo(violating);
        for (String line : fixture.headers("says")) {
            assertThat(report.message().replaceAll(" +", " ")).contains(line);
        }
        if (!rule.equals(ModelRules.ARCHITECTURE_SHOULD_MATCH_CODE)) {
            assertThat(report.result("architecture_should_match_code")
                            .orElseThrow()
                            .fresh())
                    .as("the fixture itself must be sound")
                    .isEmpty();
        }
    }

    /** A file whose text uses the placeholders is run in all idioms, any other one as it is. */
    private static List<Idiom> idioms(Path file) throws IOException {
        return Files.readString(file).contains("%") ? Idiom.STARRED : List.of(Idiom.SPRING_KAFKA);
    }

    private static List<Path> files(Rule rule) throws IOException {
        Path directory = FIXTURES.resolve(rule.id());
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
