package io.github.atleastonce.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A version that several modules have is written once, in the POM of the root. */
class PomVersionTests {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern PROPERTY = Pattern.compile("<([\\w.-]+\\.version)>([^<$]+)</");
    private static final Pattern ARTIFACT = Pattern.compile(
            "<(?:dependency|plugin)>\\s*<groupId>(.+?)</groupId>\\s*<artifactId>(.+?)</artifactId>(\\s*<version>[^<$]+</version>)?");

    @Test
    void standOnce() throws IOException {
        Map<String, String> poms = new TreeMap<>();
        for (String folder : List.of("", "examples")) {
            try (Stream<Path> modules = Files.list(ROOT.resolve(folder))) {
                for (Path module : Stream.concat(modules, Stream.of(ROOT)).toList()) {
                    Path pom = module.resolve("pom.xml");
                    if (Files.exists(pom)) {
                        poms.put(ROOT.relativize(pom).toString(), Files.readString(pom));
                    }
                }
            }
        }

        assertThat(poms).hasSizeGreaterThanOrEqualTo(12);
        assertThat(complaints(poms)).isEmpty();
    }

    @Test
    void mayDifferInAModule() {
        assertThat(complaints(Map.of(
                        "a", "<kafka.version>4</kafka.version>" + artifact("${kafka.version}"),
                        "b", "<kafka.version>3</kafka.version>" + artifact("${kafka.version}"))))
                .isEmpty();
        assertThat(complaints(Map.of("a", artifact("4"), "b", ""))).isEmpty();
    }

    @Test
    void saysWhatStandsTwice() {
        assertThat(complaints(new TreeMap<>(
                        Map.of("a", "<kafka.version>4</kafka.version>", "b", "<kafka.version>4</kafka.version>"))))
                .containsExactly("b repeats kafka.version of a");
        assertThat(complaints(new TreeMap<>(Map.of("a", artifact("${kafka.version}"), "b", artifact("4")))))
                .containsExactly("b gives org.apache.kafka:kafka-clients a version, and a knows it too");
    }

    private static String artifact(String version) {
        return "<dependency> <groupId>org.apache.kafka</groupId> <artifactId>kafka-clients</artifactId> <version>"
                + version + "</version> </dependency>";
    }

    private static List<String> complaints(Map<String, String> poms) {
        List<String> complaints = new ArrayList<>();
        poms.forEach((pom, text) -> poms.forEach((other, rest) -> {
            if (other.equals(pom)) {
                return;
            }
            for (MatchResult property : PROPERTY.matcher(text).results().toList()) {
                if (other.compareTo(pom) < 0 && rest.contains(property.group())) {
                    complaints.add(pom + " repeats " + property.group(1) + " of " + other);
                }
            }
            for (MatchResult own : ARTIFACT.matcher(text).results().toList()) {
                String name = own.group(1) + ":" + own.group(2);
                if (own.group(3) != null && names(rest).contains(name)) {
                    complaints.add(pom + " gives " + name + " a version, and " + other + " knows it too");
                }
            }
        }));
        return complaints;
    }

    private static List<String> names(String pom) {
        return ARTIFACT.matcher(pom)
                .results()
                .map(artifact -> artifact.group(1) + ":" + artifact.group(2))
                .toList();
    }
}
