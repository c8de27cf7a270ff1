package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pipelines are told of a build. */
class PipelineTests {

    private static final String TEST = "ShopTests.sells";

    @TempDir
    Path workspace;

    private Path module;

    @BeforeEach
    void makeModule() throws IOException {
        module = workspace.resolve("shop");
        Path source = module.resolve("src/test/java/acme/ShopTests.java");
        Files.createDirectories(source.getParent());
        Files.createFile(source);
    }

    static class WrongTestCase {

        @FaultTest
        void isWrong(Scenario scenario) {
            scenario.settle();
            throw new AssertionError("always");
        }
    }

    @Test
    void gitHubShowsAFailureAtItsLine() {
        assertThat(on("GITHUB_ACTIONS", "true").lines(TEST, failed()))
                .containsExactly(
                        "::error file=shop/src/test/java/acme/ShopTests.java,line=42,title=ShopTests.sells%3A fails under 1 fault; replay%3A 1%3Aduplicate(orders[k1])"
                                + "::Fails under 1 fault.%0A%0Aexpected: 50%25%0A but was: 20");
    }

    @Test
    void azureShowsAFailureAtItsLine() {
        Map<String, String> environment = new HashMap<>(Map.of("TF_BUILD", "True"));
        environment.put("BUILD_SOURCESDIRECTORY", workspace.toString());

        assertThat(new Pipeline(environment, module).lines(TEST, failed()))
                .containsExactly(
                        "##vso[task.logissue type=error;sourcepath=shop/src/test/java/acme/ShopTests.java;linenumber=42]"
                                + "ShopTests.sells: fails under 1 fault  replay: 1:duplicate(orders[k1 )");
    }

    @Test
    void jenkinsAndGitLabAttachThePage() {
        Path page = Path.of("/build/page.html");

        assertThat(on("JENKINS_URL", "http://ci").attachment(page)).contains("[[ATTACHMENT|/build/page.html]]");
        assertThat(on("GITLAB_CI", "true").attachment(page)).contains("[[ATTACHMENT|/build/page.html]]");
        assertThat(on("GITHUB_ACTIONS", "true").attachment(page)).isEmpty();
    }

    @Test
    void elsewhereNothingIsTold() throws IOException {
        Pipeline nowhere = new Pipeline(Map.of("GITHUB_ACTIONS", "false"), module);
        nowhere.summarize(Map.of(TEST, failed()));

        assertThat(nowhere.lines(TEST, failed())).isEmpty();
        try (var files = Files.list(workspace)) {
            assertThat(files).containsExactly(module);
        }
    }

    @Test
    void whatHoldsIsNoError() {
        assertThat(on("GITHUB_ACTIONS", "true").lines(TEST, held())).isEmpty();
    }

    @Test
    void gitHubGetsASummary() throws IOException {
        Path summary = workspace.resolve("summary.md");
        Files.writeString(summary, "of an earlier module\n");
        Map<String, Map<String, String>> results = new LinkedHashMap<>();
        results.put(TEST, failed());
        results.put("ShopTests.buys", held());
        on("GITHUB_STEP_SUMMARY", summary.toString()).summarize(results);

        assertThat(Files.readString(summary)).isEqualTo("""
                of an earlier module
                ### Fault tests

                | test | result |
                |---|---|
                | ShopTests.sells | **fails** fails under 1 fault; replay: 1:duplicate(orders[k1]) |
                | ShopTests.buys | holds under every schedule with ≤ 1 fault (3 runs); tried: &lt;A\\|B> |

                <details><summary>ShopTests.sells</summary>

                ````
                Fails under 1 fault.

                expected: 50%
                 but was: 20
                ````

                </details>

                """);
    }

    /** GitHub refuses one that is larger, with all that was in it. */
    @Test
    void aSummaryThatHasNoPlaceIsLeftOut() throws IOException {
        Path summary = workspace.resolve("summary.md");
        Files.write(summary, new byte[(1 << 20) - 100]);
        on("GITHUB_STEP_SUMMARY", summary.toString()).summarize(Map.of(TEST, failed()));

        assertThat(summary).hasSize((1 << 20) - 100);
    }

    @Test
    void theLineIsThatOfTheTest() {
        AssertionError failure = new AssertionError("wrong");
        failure.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.assertj.Assert", "isEqualTo", "Assert.java", 7),
            new StackTraceElement(WrongTestCase.class.getName() + "$Inner", "lambda", "PipelineTests.java", 99),
        });

        assertThat(Result.where(WrongTestCase.class, failure))
                .isEqualTo("io/github/atleastonce/junit/PipelineTests.java:99");
        assertThat(Result.where(PipelineTests.class, new AssertionError() {
                    @Override
                    public StackTraceElement[] getStackTrace() {
                        return new StackTraceElement[0];
                    }
                }))
                .isNull();
    }

    private Pipeline on(String variable, String value) {
        return new Pipeline(Map.of(variable, value, "GITHUB_WORKSPACE", workspace.toString()), module);
    }

    private static Map<String, String> failed() {
        return Map.of(
                Result.OUTCOME,
                "failed",
                Result.LINE,
                "fails under 1 fault; replay: 1:duplicate(orders[k1])",
                Result.STORY,
                "Fails under 1 fault.\n\nexpected: 50%\n but was: 20",
                Result.WHERE,
                "acme/ShopTests.java:42");
    }

    private static Map<String, String> held() {
        return Map.of(
                Result.OUTCOME,
                Result.HOLDS,
                Result.LINE,
                "holds under every schedule with ≤ 1 fault (3 runs); tried: <A|B>");
    }
}
