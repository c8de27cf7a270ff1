package io.github.atleastonce.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groovy.lang.GroovyShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.codehaus.groovy.control.CompilationFailedException;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The snippets of the page on pipelines are the workflow files of the project whose commands {@code .ci/pipelines} runs, and can be read. */
class PipelinesPageTests {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path PROJECT = ROOT.resolve(".ci/pipelines.d");
    private static final Pattern SNIPPET = Pattern.compile("(?s)```(?:yaml|groovy)\n(.*?)```");

    @Test
    void showsTheFilesOfTheProject() throws IOException {
        List<String> shown = snippets(Files.readString(ROOT.resolve("docs/pipelines.md")));

        assertThat(shown)
                .hasSize(4)
                .endsWith(read(".github/workflows/fault-tests.yml"), read(".gitlab-ci.yml"), read("Jenkinsfile"));
        assertThat(read("build.gradle").indent(-4)).contains(shown.get(0));
    }

    @Test
    void eachCommandIsInAFileThatCanBeRead() throws IOException {
        String[] claim = {
            "./mvnw -B -q dependency:copy-dependencies -DincludeArtifactIds=toolkit-core -Dmdep.stripVersion",
            "java -jar target/dependency/toolkit-core.jar merge "
        };

        assertThat(values(yaml(read(".github/workflows/fault-tests.yml")), "run"))
                .containsExactly(
                        "./mvnw -B verify -Datleastonce.shard=$SHARD -Datleastonce.profile=$PROFILE",
                        claim[0],
                        claim[1] + "shards");
        assertThat(values(yaml(read(".gitlab-ci.yml")), "script"))
                .containsExactly(
                        "./mvnw -B verify -Datleastonce.shard=$CI_NODE_INDEX/$CI_NODE_TOTAL -Datleastonce.profile=$PROFILE",
                        claim[0],
                        claim[1] + "target/atleastonce");
        new GroovyShell().parse(read("Jenkinsfile"));
    }

    @Test
    void whatCannotBeReadIsNoticed() {
        assertThatThrownBy(() -> yaml("jobs:\n  claim: [\n")).isInstanceOf(YAMLException.class);
        assertThatThrownBy(() -> new GroovyShell().parse("pipeline { stages { }"))
                .isInstanceOf(CompilationFailedException.class);
    }

    private static String read(String file) throws IOException {
        return Files.readString(PROJECT.resolve(file));
    }

    private static List<String> snippets(String page) {
        return SNIPPET.matcher(page)
                .results()
                .map((MatchResult snippet) -> snippet.group(1))
                .toList();
    }

    private static Object yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    /** Finds what stands under a key, wherever that is, in the order of the file. */
    private static List<String> values(Object node, String key) {
        List<String> values = new ArrayList<>();
        Consumer<Object> all = value -> values.addAll(values(value, key));
        if (node instanceof List<?> list) {
            list.forEach(all);
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (!name.equals(key)) {
                    all.accept(value);
                } else if (value instanceof List<?> list) {
                    list.forEach(each -> values.add(each.toString()));
                } else {
                    values.add(value.toString());
                }
            });
        }
        return values;
    }
}
