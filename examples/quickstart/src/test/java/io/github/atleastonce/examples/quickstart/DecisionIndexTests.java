package io.github.atleastonce.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each decision has a row in the index, under its number and title. */
class DecisionIndexTests {

    private static final Path DECISIONS = Path.of("..", "..", "docs", "decisions");
    private static final Pattern HEADING = Pattern.compile("# (\\d{3}):? (.+)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| \\[\\d{3}]\\((.+?)\\) .*$");
    private static final Map<String, String> TWO =
            Map.of("001-one.md", "# 001: One thing", "010-ten.md", "# 010 Ten things");
    private static final String ONE_ROW = "| [001](001-one.md) | One thing | It is decided. |\n";
    private static final String TEN_ROW = "| [010](010-ten.md) | Ten things | Likewise. |\n";

    @Test
    void namesEachDecision() throws IOException {
        Map<String, String> headings = new TreeMap<>();
        try (Stream<Path> files = Files.list(DECISIONS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".md")).toList()) {
                headings.put(
                        file.getFileName().toString(), Files.readAllLines(file).get(0));
            }
        }
        String index = Files.readString(DECISIONS.resolve("README.md"));
        headings.remove("README.md");

        assertThat(headings).hasSizeGreaterThanOrEqualTo(40);
        assertThat(complaints(headings, index)).as("docs/decisions/README.md").isEmpty();
    }

    @Test
    void isContentWithARowForEach() {
        assertThat(complaints(TWO, "# Decisions\n\n| | title |\n" + ONE_ROW + TEN_ROW))
                .isEmpty();
    }

    @Test
    void saysWhichDecisionHasNoRow() {
        assertThat(complaints(TWO, ONE_ROW))
                .containsExactly("010-ten.md has no row: | [010](010-ten.md) | Ten things | what was decided |");
    }

    @Test
    void saysWhichRowIsAnotherOne() {
        assertThat(complaints(TWO, ONE_ROW + TEN_ROW.replace("Ten", "Eleven")))
                .containsExactly("010-ten.md has no row: | [010](010-ten.md) | Ten things | what was decided |");
        assertThat(complaints(TWO, ONE_ROW + TEN_ROW.replace("Likewise.", "")))
                .containsExactly("010-ten.md has no row: | [010](010-ten.md) | Ten things | what was decided |");
    }

    @Test
    void saysWhatElseIsWrong() {
        assertThat(complaints(TWO, TEN_ROW + ONE_ROW))
                .containsExactly("The rows are not in the order of their numbers.");
        assertThat(complaints(TWO, ONE_ROW + TEN_ROW + TEN_ROW.replace("010-ten", "010-gone")))
                .contains("010-gone.md has a row and is no file.");
        assertThat(complaints(Map.of("001-one.md", "# One thing"), ""))
                .containsExactly("001-one.md wants a heading such as: # 001: The title");
        assertThat(complaints(Map.of("001-one.md", "# 001: One thing", "001-two.md", "# 001: Two"), ONE_ROW))
                .contains("001-two.md has the number of 001-one.md.");
    }

    private static List<String> complaints(Map<String, String> headings, String index) {
        List<String> complaints = new ArrayList<>();
        Map<String, String> numbers = new TreeMap<>();
        for (String file : new TreeSet<>(headings.keySet())) {
            Matcher heading = HEADING.matcher(headings.get(file));
            if (!heading.matches() || !file.startsWith(heading.group(1) + "-")) {
                complaints.add(file + " wants a heading such as: # " + file.substring(0, 3) + ": The title");
                continue;
            }
            String other = numbers.put(heading.group(1), file);
            if (other != null) {
                complaints.add(file + " has the number of " + other + ".");
            }
            String row = "| [" + heading.group(1) + "](" + file + ") | " + heading.group(2) + " | ";
            if (!Pattern.compile("(?m)^" + Pattern.quote(row) + "\\S.* \\|$")
                    .matcher(index)
                    .find()) {
                complaints.add(file + " has no row: " + row + "what was decided |");
            }
        }
        List<String> rows = ROW.matcher(index)
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
        rows.stream()
                .filter(file -> !headings.containsKey(file))
                .forEach(file -> complaints.add(file + " has a row and is no file."));
        if (!rows.equals(List.copyOf(new TreeSet<>(rows)))) {
            complaints.add("The rows are not in the order of their numbers.");
        }
        return complaints;
    }
}
