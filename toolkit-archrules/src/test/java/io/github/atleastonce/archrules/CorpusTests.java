package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.atleastonce.archrules.rules.ConsumerRules;
import io.github.atleastonce.archrules.rules.Rule;
import io.github.atleastonce.archrules.rules.RuleSet;
import io.github.atleastonce.archrules.rules.Rules;
import io.github.atleastonce.archrules.rules.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Precision and recall of the recommended rules on classes written in the style of real services and labelled by hand,
 * {@code // breaks: <rule> @ <where>}, whether or not the rule can see it.
 */
class CorpusTests {

    static final Path CORPUS = Path.of("src/test/corpus");
    static final Path GUIDE = Path.of("../docs/archrules.md");

    /** Written when the rules were what they are, to see how they fare on code that they have never met. */
    static final Path HELD_OUT = Path.of("src/test/heldout");

    /** In percent, of the recommended set. */
    private static final int PRECISION = 95;

    /** In percent, of each recommended rule; one that finds less is advice. */
    private static final int RECALL = 80;

    /** The recommended rules, and those for which there are labels as well. */
    private static final RuleSet SCORED = Rules.RECOMMENDED.plus(
            ConsumerRules.LISTENERS_SHOULD_ACKNOWLEDGE_AFTER_THE_WORK,
            ConsumerRules.LISTENERS_SHOULD_NOT_HAND_OFF_BEFORE_THE_ACKNOWLEDGEMENT);

    private static final Pattern LABEL = Pattern.compile("(?m)^// breaks: (\\w+) @ (.+)$");

    private static final class Score {
        private int found;
        private final List<String> misses = new ArrayList<>();
        private final List<String> falseAlarms = new ArrayList<>();
    }

    @Test
    void theRecommendedRulesArePreciseAndTheGuideSaysHowMuch(@TempDir Path directory) throws IOException {
        assertGoodEnough(scored(CORPUS, "corpus", 592, directory));
    }

    @Test
    void theGuideSaysHowTheyFareOnWhatWasWrittenAfterThem(@TempDir Path directory) throws IOException {
        scored(HELD_OUT, "held-out", 31, directory);
    }

    /** Reads all projects, and holds the guide's table to what was found. */
    private static Map<String, Score> scored(Path corpus, String name, int atLeast, Path directory) throws IOException {
        Map<String, Score> scores = new TreeMap<>();
        int classes = 0;
        for (Path file : files(corpus)) {
            Fixture fixture = Fixture.read(
                    file,
                    Idiom.SPRING_KAFKA,
                    Fixture.generations(Files.readString(file)).get(0));
            classes += fixture.text().split("(?m)^package ").length - 1;
            Path project = directory.resolve(file.getFileName().toString());
            JavaClasses compiled = fixture.compile(project);
            Report report = ArchitectureCheck.of(fixture.declared(project))
                    .rules(SCORED)
                    .run(compiled, new Surroundings(true, Set.of()));
            explain(file, fixture, report);
            score(fixture, report, scores);
        }
        assertThat(classes).isGreaterThanOrEqualTo(atLeast);
        String table = table(classes, scores);
        String guide = Files.readString(GUIDE);
        String begin = "<!-- " + name + ": begin -->";
        String before = guide.substring(0, guide.indexOf(begin) + begin.length());
        String after = guide.substring(guide.indexOf("<!-- " + name + ": end -->"));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(GUIDE, before + "\n" + table + after);
        }
        assertThat(Files.readString(GUIDE))
                .as("write the table with -Dgolden.write=true")
                .isEqualTo(before + "\n" + table + after);
        return scores;
    }

    private static void assertGoodEnough(Map<String, Score> scores) {
        int found = 0;
        List<String> falseAlarms = new ArrayList<>();
        for (Rule rule : Rules.RECOMMENDED.rules()) {
            Score score = scores.getOrDefault(rule.id(), new Score());
            found += score.found;
            falseAlarms.addAll(score.falseAlarms);
            assertThat(score.found * 100)
                    .as("recall of %s, which misses %s", rule, score.misses)
                    .isGreaterThanOrEqualTo(RECALL * (score.found + score.misses.size()));
        }
        assertThat(found * 100)
                .as("precision of the recommended set, which finds %s wrongly", falseAlarms)
                .isGreaterThanOrEqualTo(PRECISION * (found + falseAlarms.size()));
    }

    /** For whoever writes labels: -Dcorpus.explain=true. */
    private static void explain(Path file, Fixture fixture, Report report) {
        if (!Boolean.getBoolean("corpus.explain")) {
            return;
        }
        Map<String, Score> scores = new TreeMap<>();
        score(fixture, report, scores);
        scores.forEach((rule, score) -> {
            score.falseAlarms.forEach(a -> System.out.println("FALSE " + file.getFileName() + " " + rule + " " + a));
            score.misses.forEach(a -> System.out.println("MISSED " + file.getFileName() + " " + a));
        });
    }

    private static void score(Fixture fixture, Report report, Map<String, Score> scores) {
        List<String> labels = new ArrayList<>();
        Matcher matcher = LABEL.matcher(fixture.text());
        while (matcher.find()) {
            labels.add(matcher.group(1) + " @ " + matcher.group(2).strip());
        }
        for (RuleResult result : report.results()) {
            Score score = scores.computeIfAbsent(result.rule().id(), key -> new Score());
            for (Violation violation : result.fresh()) {
                boolean right = labels.removeIf(label -> violation.where().stream()
                        .anyMatch(where -> label.equals(result.rule().id() + " @ " + where)));
                if (right) {
                    score.found++;
                } else {
                    score.falseAlarms.add(violation.headline());
                }
            }
        }
        labels.forEach(label -> scores.computeIfAbsent(label.substring(0, label.indexOf(' ')), key -> new Score())
                .misses
                .add(label));
    }

    private static String table(int classes, Map<String, Score> scores) {
        StringBuilder table = new StringBuilder("\nOn ")
                .append(classes)
                .append(" labelled compilation units:\n\n")
                .append(
                        "| rule | severity | found | missed | false alarms | precision | recall |\n|---|---|---|---|---|---|---|\n");
        for (Rule rule : SCORED.rules()) {
            Score score = scores.getOrDefault(rule.id(), new Score());
            int wrong = score.falseAlarms.size();
            table.append("| ")
                    .append(rule.id())
                    .append(" | ")
                    .append(rule.severity().toString().toLowerCase(java.util.Locale.ROOT))
                    .append(" | ")
                    .append(score.found)
                    .append(" | ")
                    .append(score.misses.size())
                    .append(" | ")
                    .append(wrong)
                    .append(" | ")
                    .append(percent(score.found, score.found + wrong))
                    .append(" | ")
                    .append(percent(score.found, score.found + score.misses.size()))
                    .append(" |\n");
        }
        return table.append('\n').toString();
    }

    private static String percent(int part, int whole) {
        return whole == 0 ? "–" : part * 100 / whole + " %";
    }

    private static List<Path> files(Path corpus) throws IOException {
        try (Stream<Path> files = Files.list(corpus)) {
            return files.sorted().toList();
        }
    }
}
