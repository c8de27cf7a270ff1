package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.archrules.rules.Rule;
import io.github.atleastonce.archrules.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide does not promise what does not compile, and names each rule. */
class GuideTests {

    private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");

    @Test
    void javaOfTheGuideIsCompiled() throws IOException {
        String compiled =
                flat(Files.readString(Path.of("src/test/java/io/github/atleastonce/archrules/GuideSnippets.java")));
        Matcher blocks = JAVA.matcher(Files.readString(CorpusTests.GUIDE));
        int count = 0;
        while (blocks.find()) {
            count++;
            assertThat(compiled).contains(flat(blocks.group(1)));
        }
        assertThat(count).isGreaterThanOrEqualTo(6);
    }

    @Test
    void theGuideNamesEachRuleWithItsSeverity() throws IOException {
        String guide = Files.readString(CorpusTests.GUIDE);
        for (Rule rule : Rules.CATALOGUE.rules()) {
            assertThat(guide)
                    .contains(rule.id() + " | " + rule.theme().toString().toLowerCase(Locale.ROOT) + " | "
                            + rule.severity().toString().toLowerCase(Locale.ROOT));
        }
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
