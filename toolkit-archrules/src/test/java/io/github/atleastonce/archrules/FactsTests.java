package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What the standard knowledge says of types is held against the real jars: the type is there, and so are its members and
 * attributes. Libraries whose jars are not there are named as untried in the guide, and no others.
 */
class FactsTests {

    static final String KNOWLEDGE = "/io/github/atleastonce/archrules/knowledge/standard.knowledge";

    private static final Pattern UNTRIED = Pattern.compile("(?s)<!-- untried: begin -->(.*?)<!-- untried: end -->");
    private static final Pattern PACKAGE = Pattern.compile("`([\\w.]+)`");

    /** Methods that users declare themselves in what they derive, or that only a newer JDK has. */
    private static final Set<String> ELSEWHERE =
            Set.of("org.springframework.data.repository.Repository", "java.lang.Thread#startVirtualThread");

    private record Said(String type, List<String> members, List<String> attributes) {}

    @Test
    void theMembersAndAttributesOfEachTypeThatIsThereExist() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Said said : facts()) {
            if (isThere(said.type())) {
                Set<String> members = membersOf(said.type());
                Stream.concat(said.members().stream(), said.attributes().stream())
                        .filter(member -> members.stream().noneMatch(name -> matches(member, name)))
                        .map(member -> said.type() + "#" + member)
                        .filter(member -> !ELSEWHERE.contains(member) && !ELSEWHERE.contains(said.type()))
                        .forEach(wrong::add);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theGuideNamesEachLibraryThatIsUntriedAndNoOther() throws IOException {
        Matcher untried = UNTRIED.matcher(Files.readString(CorpusTests.GUIDE));
        assertThat(untried.find()).isTrue();
        Set<String> named = new TreeSet<>();
        Matcher packages = PACKAGE.matcher(untried.group(1));
        while (packages.find()) {
            named.add(packages.group(1));
        }
        Map<String, String> absent = new TreeMap<>();
        for (Said said : facts()) {
            if (!isThere(said.type())) {
                absent.put(
                        said.type(),
                        named.stream()
                                .filter(name -> said.type().startsWith(name + "."))
                                .findFirst()
                                .orElse("nowhere"));
            }
        }
        assertThat(absent)
                .as("types whose jars are absent, and where the guide names them")
                .doesNotContainValue("nowhere");
        assertThat(named).as("libraries that the guide calls untried").isSubsetOf(absent.values());
    }

    @Test
    void aFactThatIsWrongIsSeen() throws IOException {
        assertThat(membersOf("org.springframework.kafka.core.KafkaOperations"))
                .contains("send")
                .doesNotContain("post");
        assertThat(membersOf("org.springframework.kafka.core.KafkaTemplate"))
                .as("inherited ones too")
                .contains("sendDefault", "hashCode");
        assertThat(isThere("org.springframework.kafka.core.KafkaOperation")).isFalse();
    }

    /** Patterns for types of any library speak of none. */
    private static List<Said> facts() throws IOException {
        List<Said> facts = new ArrayList<>();
        try (InputStream in = FactsTests.class.getResourceAsStream(KNOWLEDGE)) {
            for (String line : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("//"))
                    .toList()) {
                String[] words = line.split("\\s+");
                String[] typeAndMembers = words[1].split("#", 2);
                String type = typeAndMembers[0].replaceFirst("^@", "");
                if (!type.contains("*")) {
                    List<String> members =
                            typeAndMembers.length > 1 ? List.of(typeAndMembers[1].split(",")) : List.of();
                    List<String> attributes = typeAndMembers[0].startsWith("@")
                            ? Arrays.stream(words)
                                    .filter(word -> word.startsWith("channel="))
                                    .flatMap(word ->
                                            Arrays.stream(word.substring(8).split(",")))
                                    .toList()
                            : List.of();
                    facts.add(new Said(type, members, attributes));
                }
            }
        }
        assertThat(facts).hasSizeGreaterThan(200);
        return facts;
    }

    private static boolean isThere(String type) {
        return FactsTests.class.getResource(file(type)) != null
                || Arrays.stream(Generation.values())
                        .anyMatch(generation ->
                                generation.find(file(type).substring(1)).isPresent());
    }

    /** With those of the supertypes, as far as their jars are there. */
    private static Set<String> membersOf(String type) throws IOException {
        Set<String> members = new TreeSet<>();
        for (Generation generation : Generation.values()) {
            Optional<URL> found = generation.find(file(type).substring(1));
            if (found.isPresent()) {
                members.addAll(membersOf(found.get()));
            }
        }
        return members;
    }

    private static Set<String> membersOf(URL file) throws IOException {
        Set<String> members = new TreeSet<>();
        try (InputStream in = file.openStream()) {
            ClassNode node = new ClassNode();
            new ClassReader(in).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
            for (MethodNode method : node.methods) {
                members.add(method.name);
            }
            List<String> parents = new ArrayList<>(node.interfaces);
            if (node.superName != null) {
                parents.add(node.superName);
            }
            for (String parent : parents) {
                members.addAll(membersOf(parent.replace('/', '.')));
            }
        }
        return members;
    }

    private static String file(String type) {
        return "/" + type.replace('.', '/') + ".class";
    }

    private static boolean matches(String pattern, String name) {
        return name.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }
}
