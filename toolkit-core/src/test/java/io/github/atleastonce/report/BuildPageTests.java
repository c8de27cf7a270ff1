package io.github.atleastonce.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One page for all fault tests of a build. */
class BuildPageTests {

    private static final int MOST_BYTES = 100_000;
    private static final Pattern LOADED = Pattern.compile("(?i)\\ssrc\\s*=|url\\(|@import|https?://|<link|<script");

    @Test
    void showsWhatFailsFirstAndLinksToItsPage() throws IOException {
        String page = BuildPage.of(
                "3 fault tests: 2 hold, 1 failed; 640 runs in 3.1 s",
                List.of(
                        holds("A.first"),
                        new BuildPage.Test(
                                "ShopTest.reservesTwice",
                                "acme",
                                false,
                                "fails under 1 fault; replay: 1:duplicate(orders[k1])",
                                "Fails under 1 fault.\n\nexpected: <50>\n but was: <20>",
                                "acme.ShopTest.reservesTwice.html",
                                "7",
                                "0.2 s"),
                        holds("B.second")));

        assertThat(page)
                .contains("<p class=\"headline\">3 fault tests: 2 hold, 1 failed; 640 runs in 3.1 s</p>")
                .contains("<a href=\"acme.ShopTest.reservesTwice.html\">")
                .contains("expected: &lt;50&gt;");
        assertThat(page).containsSubsequence("ShopTest.reservesTwice", "A.first", "B.second");
        assertThat(page).containsOnlyOnce("<details>").containsOnlyOnce("<a href");
        assertThat(LOADED.matcher(page).find()).isFalse();
        assertThat(page).doesNotContain("{{");
        Files.createDirectories(Path.of("target/pages"));
        Files.writeString(Path.of("target/pages/build.html"), page);
    }

    @Test
    void staysSmallAndCountsWhatHasNoRoom() {
        List<BuildPage.Test> tests = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            tests.add(new BuildPage.Test(
                    "ShopTest.test" + i, "acme", i > 20, "x".repeat(5_000), "ü<".repeat(50_000), null, "1", "1 s"));
        }
        String page = BuildPage.of("many", tests);

        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
        assertThat(page).containsPattern("… and \\d+ more: <code>report.json</code> has all of them\\.");
        assertThat(BuildPage.of("few", tests.subList(0, 1))).doesNotContain("more: <code>");
    }

    @Test
    void whatTestsWroteIsNoMarkup() {
        String page = BuildPage.of(
                "<b>{{rows}}",
                List.of(new BuildPage.Test(
                        "<i>name", "<i>", false, "<img onerror=x>", "{{style}}<script>", "\"><script>", "<", "<")));

        assertThat(page)
                .doesNotContain("<i>", "<img", "<script>", "<b>{{")
                .contains("{{rows}}", "{{style}}", "href=\"&quot;&gt;&lt;script&gt;\"");
    }

    private static BuildPage.Test holds(String name) {
        return new BuildPage.Test(
                name,
                "acme",
                true,
                "holds under every schedule with ≤ 2 faults (190 runs); tried: DUPLICATE, REDELIVERY, CRASH",
                "Holds.",
                null,
                "194",
                "1.5 s");
    }
}
