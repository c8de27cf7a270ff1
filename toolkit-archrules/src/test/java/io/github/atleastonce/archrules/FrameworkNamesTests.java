package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What frameworks are called stands in the knowledge, not in code, so that users can add theirs. */
class FrameworkNamesTests {

    /** Asks for Avro by its name, because it may be absent. */
    private static final String AVRO = "io.github.atleastonce.archrules.contract.SchemaSources";

    @Test
    void noClassNamesAFramework() throws IOException {
        List<String> prefixes = prefixes();
        List<String> found = new ArrayList<>();
        for (JavaClass type : ArchitectureTests.CLASSES) {
            if (!type.getName().equals(AVRO)) {
                textsOf(type).stream()
                        .filter(text -> prefixes.stream().anyMatch(text::startsWith))
                        .forEach(text -> found.add(type.getSimpleName() + ": " + text));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void aFrameworkThatIsNamedIsSeen() throws IOException {
        JavaClass avro = ArchitectureTests.CLASSES.get(AVRO);
        assertThat(textsOf(avro)).anyMatch(text -> text.startsWith("org.apache.avro."));
        assertThat(prefixes()).contains("org.springframework.", "com.fasterxml.jackson.annotation.", "javax.jms.");
    }

    /** The packages that the knowledge names, the JDK's left out. */
    private static List<String> prefixes() throws IOException {
        Set<String> prefixes = new TreeSet<>();
        try (InputStream in = FrameworkNamesTests.class.getResourceAsStream(FactsTests.KNOWLEDGE)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.matches("(framework|messaging|neutral) .*") || line.contains(" @com."))
                    .map(line -> line.split("\\s+")[1].replaceFirst("^@", ""))
                    .map(name -> name.endsWith("*") ? name.replace("*", "") : name.replaceFirst("[^.]*$", ""))
                    .filter(name -> !name.equals("java."))
                    .forEach(prefixes::add);
        }
        return List.copyOf(prefixes);
    }

    private static Set<String> textsOf(JavaClass type) throws IOException {
        Set<String> texts = new TreeSet<>();
        ClassNode node = new ClassNode();
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            new ClassReader(in).accept(node, ClassReader.SKIP_DEBUG);
        }
        for (FieldNode field : node.fields) {
            if (field.value instanceof String text) {
                texts.add(text);
            }
        }
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode insn : method.instructions) {
                if (insn instanceof LdcInsnNode constant && constant.cst instanceof String text) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }
}
