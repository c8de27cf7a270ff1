package io.github.atleastonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Keeps the class path of users small: whatever a published module hands on is named here, everything else is optional.
 */
class PublishedPomTests {

    /** What every user of a module receives. Adding a line is a decision about everybody's class path. */
    static final Map<String, Set<String>> HANDED_ON = Map.of(
            "toolkit-core",
                    Set.of(
                            "org.jspecify:jspecify",
                            "org.apiguardian:apiguardian-api",
                            "org.junit.jupiter:junit-jupiter-api"),
            "toolkit-kafka",
                    Set.of(
                            "io.github.atleastonce:toolkit-core",
                            "org.jspecify:jspecify",
                            "org.apache.kafka:kafka-clients",
                            "org.apache.kafka:kafka_2.13",
                            "org.apache.kafka:kafka-metadata",
                            "org.apache.kafka:kafka-server",
                            "org.scala-lang:scala-library"),
            "toolkit-archrules",
                    Set.of(
                            "com.tngtech.archunit:archunit",
                            "org.ow2.asm:asm-analysis",
                            "com.fasterxml.jackson.core:jackson-core",
                            "org.jspecify:jspecify"));

    static final List<String> PUBLISHED = List.of("toolkit-core", "toolkit-kafka", "toolkit-archrules");

    @ParameterizedTest
    @FieldSource("PUBLISHED")
    void handsOnOnlyWhatIsNamed(String module) throws Exception {
        List<Element> dependencies = dependencies(module);

        assertThat(dependencies).as("dependencies of " + module).isNotEmpty();
        assertThat(dependencies.stream().filter(PublishedPomTests::isHandedOn).map(PublishedPomTests::coordinates))
                .as("%s/pom.xml: mark the dependency <optional>true</optional>, or name it in HANDED_ON", module)
                .isSubsetOf(HANDED_ON.get(module));
    }

    @ParameterizedTest
    @FieldSource("PUBLISHED")
    void documentsWhatIsPublic(String module) throws Exception {
        boolean skipsJavadoc =
                pom(module).getElementsByTagName("maven.javadoc.skip").getLength() > 0;

        assertThat(skipsJavadoc && hasPublicTypes(module))
                .as("%s has public types: remove maven.javadoc.skip from its pom.xml", module)
                .isFalse();
    }

    @Test
    void namesEveryPublishedModule() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            assertThat(modules.filter(dir -> Files.exists(dir.resolve("pom.xml")))
                            .map(dir -> dir.getFileName().toString())
                            // A BOM hands on nothing by itself: it only says which versions fit each other.
                            .filter(name -> !name.equals("examples") && !name.equals("toolkit-bom")))
                    .containsExactlyInAnyOrderElementsOf(HANDED_ON.keySet());
        }
    }

    private static boolean isHandedOn(Element dependency) {
        String scope = child(dependency, "scope");
        return !child(dependency, "optional").equals("true") && !scope.equals("test") && !scope.equals("provided");
    }

    private static String coordinates(Element dependency) {
        return child(dependency, "groupId") + ":" + child(dependency, "artifactId");
    }

    private static List<Element> dependencies(String module) throws Exception {
        List<Element> found = new ArrayList<>();
        NodeList all = pom(module).getElementsByTagName("dependency");
        for (int i = 0; i < all.getLength(); i++) {
            Node project = all.item(i).getParentNode().getParentNode();
            if (project.getNodeName().equals("project") || project.getNodeName().equals("profile")) {
                found.add((Element) all.item(i));
            }
        }
        return found;
    }

    private static String child(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }

    private static Document pom(String module) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("..", module, "pom.xml").toFile());
    }

    private static boolean hasPublicTypes(String module) throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("..", module, "src", "main", "java"))) {
            return sources.filter(path -> path.toString().endsWith(".java")).anyMatch(PublishedPomTests::isPublic);
        }
    }

    private static boolean isPublic(Path source) {
        try {
            return Files.readString(source).lines().anyMatch(line -> line.startsWith("public "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
