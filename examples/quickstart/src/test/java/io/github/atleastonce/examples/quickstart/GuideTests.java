package io.github.atleastonce.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README and the guide show is code that the build compiles, and sentences that the toolkit says. */
class GuideTests {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern CODE = Pattern.compile("(?ms)^```(?:java|kotlin)\n(.*?)^```");
    private static final Pattern MESSAGE = Pattern.compile("(?m)^### `(.+)`$");

    /** The one has a test of its own, which runs its examples; the code of the other is that of builds. */
    private static final Set<String> OTHERS = Set.of("semantics.md", "pipelines.md");

    @Test
    void showsCodeThatIsCompiled() throws IOException {
        String sources = sources("examples", ".ci/frameworks.d", "toolkit-core/src/test", "toolkit-archrules/src/test");
        List<String> snippets = snippets();

        assertThat(snippets).hasSizeGreaterThanOrEqualTo(60);
        assertThat(missing(snippets, sources)).as("snippets that no source has").isEmpty();
    }

    @Test
    void noticesCodeThatIsNot() {
        assertThat(missing(List.of("int a = 1;\n", "int c;\n"), folded("class A {\n    int a  =  1; }")))
                .containsExactly("int c;\n");
    }

    @Test
    void explainsMessagesThatThereAre() throws IOException {
        String sources = joined(sources("toolkit-core/src/main", "toolkit-kafka/src/main"));
        List<String> messages = found(MESSAGE, ROOT.resolve("docs/troubleshooting.md"));

        assertThat(messages).hasSizeGreaterThanOrEqualTo(20);
        assertThat(missing(messages, sources)).as("messages that nothing says").isEmpty();
    }

    @Test
    void noticesAMessageThatIsNot() {
        String sources = joined(folded("throw new UsageException(\"Two \"\n    + \"halves of \" + name);"));

        assertThat(missing(List.of("Two halves of", "Three halves"), sources)).containsExactly("Three halves");
    }

    private static List<String> missing(List<String> wanted, String sources) {
        return wanted.stream().filter(one -> !sources.contains(folded(one))).toList();
    }

    /** Texts that are put together of parts are one. */
    private static String joined(String sources) {
        return sources.replace("\"+\"", "");
    }

    private static List<String> snippets() throws IOException {
        try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages)
                    .filter(GuideTests::isPage)
                    .sorted()
                    .flatMap(page -> found(CODE, page).stream())
                    .toList();
        }
    }

    private static boolean isPage(Path file) {
        String path = file.toString().replace('\\', '/');
        return path.endsWith(".md")
                && !path.contains("/node_modules/")
                && !path.contains("/decisions/")
                && !OTHERS.contains(file.getFileName().toString());
    }

    private static List<String> found(Pattern pattern, Path page) {
        return pattern.matcher(read(page))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String sources(String... folders) throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String folder : folders) {
            Files.walkFileTree(ROOT.resolve(folder), new SimpleFileVisitor<>() {

                /** Another module may be built at this moment. */
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes ignored) {
                    return directory.endsWith("target") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes ignored) {
                    if (file.toString().matches(".*\\.(java|kt)")) {
                        sources.append(folded(read(file))).append('\n');
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return sources.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String folded(String code) {
        return code.replaceAll("\\s+", "");
    }
}
