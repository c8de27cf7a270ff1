package io.github.atleastonce.report;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Shows what all fault tests of a build have come to on one page of HTML, which loads nothing: those that do not hold come first, each with its story and a link to its own
 * page. What has no room is counted. A pure function.
 */
@API(status = API.Status.INTERNAL)
public final class BuildPage {

    private static final String TEMPLATE = "build-page.html";
    /** Room for the rest of the page, below 100 KB in all. */
    private static final int MOST = 90_000;

    private static final int STORY = 6_000;
    private static final int LINE = 1_500;

    private BuildPage() {}

    /**
     * A fault test.
     *
     * @param name its class and method
     * @param where the package of the class
     * @param holds whether it holds
     * @param line its claim, or how it failed, in one line
     * @param story the same at length
     * @param page the file of its own page, beside this one; null if there is none
     * @param runs how many runs there were
     * @param time how long they took
     */
    public record Test(
            String name,
            String where,
            boolean holds,
            String line,
            String story,
            @Nullable String page,
            String runs,
            String time) {}

    /**
     * Makes the page.
     *
     * @param headline what all of them have come to
     * @param tests the tests
     * @return a document of HTML
     */
    public static String of(String headline, List<Test> tests) {
        List<Test> sorted = tests.stream()
                .sorted(Comparator.comparing(Test::holds)
                        .thenComparing(Test::name)
                        .thenComparing(Test::where))
                .toList();
        StringBuilder rows = new StringBuilder();
        int size = 0;
        int shown = 0;
        for (Test test : sorted) {
            String row = row(test);
            int bytes = row.getBytes(StandardCharsets.UTF_8).length;
            if (size + bytes > MOST) {
                break;
            }
            rows.append(row);
            size += bytes;
            shown++;
        }
        int more = sorted.size() - shown;
        String rest = more == 0 ? "" : "<p>… and " + more + " more: <code>report.json</code> has all of them.</p>\n";
        return Template.filled(
                TEMPLATE, Map.of("headline", Html.text(headline), "rows", rows.toString(), "rest", rest));
    }

    private static String row(Test test) {
        String result = test.holds()
                ? "<b class=\"holds\">✓</b>" + Html.text(Brief.text(test.line(), LINE))
                : "<b class=\"fails\">✗</b>" + Html.text(Brief.text(test.line(), LINE)) + story(test);
        return "<tr" + (test.holds() ? "" : " class=\"broken\"") + "><td class=\"name\">" + Html.text(test.name())
                + "<small>" + Html.text(test.where()) + "</small></td><td class=\"result\">" + result
                + "</td><td class=\"number runs\">" + Html.text(test.runs()) + "</td><td class=\"number\">"
                + Html.text(test.time()) + "</td></tr>\n";
    }

    private static String story(Test test) {
        String story =
                test.story().length() <= STORY ? test.story() : test.story().substring(0, STORY) + "\n…";
        String page = test.page();
        return (page == null ? "" : "<p><a href=\"" + Html.text(page) + "\">The page of this failure</a></p>")
                + "<details><summary>The story</summary><pre>" + Html.text(story) + "</pre></details>";
    }
}
