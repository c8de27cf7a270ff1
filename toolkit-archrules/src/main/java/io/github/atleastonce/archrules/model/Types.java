package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import io.github.atleastonce.archrules.knowledge.Fact;
import io.github.atleastonce.archrules.knowledge.Knowledge;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers what is known of a type through its names, supertypes and annotations; remembers each answer. Not thread-safe. */
public final class Types {

    private final Knowledge knowledge;
    private final Project project;
    private final Map<String, List<Fact>> byType = new HashMap<>();
    private final Map<String, List<Fact>> byName = new HashMap<>();
    private final Map<String, List<Fact>> byAnnotation = new HashMap<>();

    Types(Knowledge knowledge, Project project) {
        this.knowledge = knowledge;
        this.project = project;
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

    /** By its supertypes, too, if the project has it or names it; of other types only the name is known. */
    List<Fact> factsOfOwner(String type) {
        return project.type(type)
                .or(() -> project.libraryType(type))
                .map(this::factsOf)
                .orElseGet(() -> factsOfName(type));
    }

    List<Fact> ofAnyType() {
        return knowledge.ofAnyType();
    }

    /**
     * Tells whether a type has a role by its names, supertypes or annotations. Facts that speak of some of its members only do not
     * count.
     *
     * @param type a class
     * @param role the role
     * @return whether it has
     */
    public boolean is(JavaClass type, Role role) {
        return factsOf(type).stream()
                .anyMatch(fact -> fact.role() == role && fact.members().isEmpty());
    }

    /** Also by facts that speak of some members only. */
    boolean isPartly(JavaClass type, Role role) {
        return factsOf(type).stream().anyMatch(fact -> fact.role() == role);
    }

    /**
     * Tells whether a member, or the class it is declared in, bears an annotation of a role.
     *
     * @param member a method, field or constructor
     * @param role the role
     * @return whether it does
     */
    public boolean isAnnotated(JavaMember member, Role role) {
        return bears(member, role) || bears(member.getOwner(), role);
    }

    /**
     * Tells whether an element itself bears an annotation of a role.
     *
     * @param element a class, member, parameter or package
     * @param role the role
     * @return whether it does
     */
    public boolean bears(HasAnnotations<?> element, Role role) {
        return annotations(element).stream().anyMatch(fact -> fact.role() == role);
    }

    /**
     * Tells whether a called member has a role.
     *
     * @param owner the qualified name of the type it is called on
     * @param member the method's name
     * @param role the role
     * @return whether the type itself, or one of its supertypes, has that role for the member
     */
    public boolean isCall(String owner, String member, Role role) {
        return factsOfOwner(owner).stream().anyMatch(fact -> fact.role() == role && fact.covers(member))
                || project.type(owner).isPresent()
                        && ofAnyType().stream().anyMatch(fact -> fact.role() == role && fact.covers(member));
    }

    boolean isKnownPackage(String name) {
        return knowledge.isKnownPackage(name);
    }

    /**
     * Tells whether a type is in a package of a kind, such as those of frameworks.
     *
     * @param type a qualified name
     * @param role the kind of package
     * @return whether the knowledge names its package, or one above it, with that role
     */
    public boolean isIn(String type, Role role) {
        return knowledge.isIn(type, role);
    }

    /** Whether code that names it has to do with messages. */
    boolean carriesMessages(String type) {
        return (isIn(type, Role.MESSAGING) || isIn(type, Role.CARRIER)) && !isIn(type, Role.SETUP);
    }

    /** Whether a fact says what the type, or the annotation, does; those of the JDK are true of all objects. */
    boolean isKnown(JavaClass type) {
        return factsOf(type).stream().anyMatch(fact -> !fact.type().startsWith("java."))
                || !ofAnnotation(type).isEmpty();
    }

    /**
     * Tells whether an annotation has a role.
     *
     * @param annotation an annotation
     * @param role the role
     * @return whether it, or one that it bears itself, has
     */
    public boolean isMeant(JavaAnnotation<?> annotation, Role role) {
        return ofAnnotation(annotation.getRawType()).stream().anyMatch(fact -> fact.role() == role);
    }

    /**
     * Returns the attributes of an annotation that a fact names.
     *
     * @param annotation an annotation
     * @param role the role that the fact gives it
     * @param option the option of the fact that names them
     * @return their names, empty if there is no such fact
     */
    public List<String> attributesOf(JavaAnnotation<?> annotation, Role role, String option) {
        return ofAnnotation(annotation.getRawType()).stream()
                .filter(fact -> fact.role() == role && fact.options().containsKey(option))
                .flatMap(fact ->
                        Arrays.stream(fact.options().getOrDefault(option, "").split(",")))
                .toList();
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
