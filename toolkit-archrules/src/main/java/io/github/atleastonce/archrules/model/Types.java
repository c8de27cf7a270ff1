package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import io.github.atleastonce.archrules.knowledge.Fact;
import io.github.atleastonce.archrules.knowledge.Knowledge;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers what is known of a type through its names, supertypes and annotations; remembers each answer. */
final class Types {

    private final Knowledge knowledge;
    private final Map<String, List<Fact>> byType = new HashMap<>();
    private final Map<String, List<Fact>> byName = new HashMap<>();
    private final Map<String, List<Fact>> byAnnotation = new HashMap<>();

    Types(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    List<Fact> factsOf(JavaClass type) {
        List<Fact> known = byType.get(type.getName());
        if (known == null) {
            known = read(type);
            byType.put(type.getName(), known);
        }
        return known;
    }

    private List<Fact> read(JavaClass type) {
        List<Fact> facts = new ArrayList<>(annotations(type));
        addOwn(facts, type);
        type.getAllRawSuperclasses().forEach(superclass -> addOwn(facts, superclass));
        type.getAllRawInterfaces().forEach(superinterface -> {
            addOwn(facts, superinterface);
            facts.addAll(annotations(superinterface));
        });
        return facts.isEmpty() ? List.of() : facts.stream().distinct().toList();
    }

    private void addOwn(List<Fact> facts, JavaClass type) {
        facts.addAll(factsOfName(type.getName()));
    }

    /** Only the type's own facts: its supertypes are not known from the name. */
    List<Fact> factsOfName(String type) {
        return byName.computeIfAbsent(type, knowledge::ofType);
    }

    List<Fact> ofAnyType() {
        return knowledge.ofAnyType();
    }

    boolean is(JavaClass type, Role role) {
        return factsOf(type).stream().anyMatch(fact -> fact.role() == role);
    }

    /** Ignores facts that speak of some members only. */
    boolean isWholly(JavaClass type, Role role) {
        return factsOf(type).stream()
                .anyMatch(fact -> fact.role() == role && fact.members().isEmpty());
    }

    boolean isAnnotated(HasAnnotations<?> element, Role role) {
        return annotations(element).stream().anyMatch(fact -> fact.role() == role);
    }

    boolean isAnnotatedHereOrOnType(JavaMember member, Role role) {
        return isAnnotated(member, role) || isAnnotated(member.getOwner(), role);
    }

    List<Fact> annotations(HasAnnotations<?> element) {
        Set<? extends JavaAnnotation<?>> annotations = element.getAnnotations();
        if (annotations.isEmpty()) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>();
        for (JavaAnnotation<?> annotation : annotations) {
            facts.addAll(ofAnnotation(annotation.getRawType()));
        }
        return facts;
    }

    private List<Fact> ofAnnotation(JavaClass annotation) {
        List<Fact> known = byAnnotation.get(annotation.getName());
        if (known == null) {
            known = new ArrayList<>();
            collect(annotation, known, new HashSet<>());
            byAnnotation.put(annotation.getName(), known);
        }
        return known;
    }

    private void collect(JavaClass annotation, List<Fact> facts, Set<String> seen) {
        if (seen.add(annotation.getName()) && !annotation.getName().startsWith("java.lang.annotation.")) {
            facts.addAll(knowledge.ofAnnotation(annotation.getName()));
            annotation.getAnnotations().forEach(meta -> collect(meta.getRawType(), facts, seen));
        }
    }
}
