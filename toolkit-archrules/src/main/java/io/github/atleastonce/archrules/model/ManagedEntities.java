package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.knowledge.Fact;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds changes of stored entities that no call to a repository shows: an entity that a transaction finds is written when it
 * commits. Only what one transactional method changes counts, or a method that it gives the entity to, if it or its class found
 * it; anything else would be a guess.
 */
final class ManagedEntities {

    private static final Set<String> WITHOUT_TRANSACTION = Set.of("NOT_SUPPORTED", "NEVER", "SUPPORTS");

    /** ArchUnit gives them in another order each time. */
    private static final Comparator<JavaFieldAccess> ORDER = Comparator.comparing(
                    (JavaFieldAccess access) -> access.getOrigin().getFullName())
            .thenComparing(JavaFieldAccess::getLineNumber)
            .thenComparing(JavaFieldAccess::getName);

    private final Types types;
    private final CallGraph graph;
    private final Codes codes;

    ManagedEntities(Types types, CallGraph graph, Codes codes) {
        this.types = types;
        this.graph = graph;
        this.codes = codes;
    }

    /** Adds the changes to the effects of the methods that make them. */
    void addTo(Iterable<JavaClass> classes) {
        for (JavaClass entity : classes) {
            if (types.is(entity, Role.ENTITY)) {
                for (JavaCodeUnit changing : Members.methodsOf(entity)) {
                    if (changes(changing, new HashSet<>())) {
                        graph.callersOf(changing)
                                .forEach(caller ->
                                        addChange(entity, caller, changing.getName(), line(caller, changing)));
                    }
                }
                entity.getFieldAccessesToSelf().stream()
                        .filter(this::setsWhatIsStored)
                        .sorted(ORDER)
                        .forEach(access ->
                                addChange(entity, access.getOrigin(), access.getName(), access.getLineNumber()));
            }
        }
    }

    private void addChange(JavaClass entity, JavaCodeUnit changing, String member, int line) {
        if (!changing.getOwner().equals(entity)
                && (isOfFound(changing, entity)
                        || changing.getRawParameterTypes().contains(entity)
                                && graph.callersOf(changing).stream().anyMatch(giving -> isOfFound(giving, entity)))) {
            Fact fact = new Fact(Role.MANAGED_WRITE, false, entity.getName(), List.of(member), Map.of());
            graph.add(changing, new Effect(fact, changing, entity.getName(), member, line));
        }
    }

    private boolean isOfFound(JavaCodeUnit method, JavaClass entity) {
        return isWritingTransaction(method) && finds(method, entity);
    }

    /** Sets a field that is stored, itself or by another method of the entity. */
    private boolean changes(JavaCodeUnit method, Set<JavaCodeUnit> seen) {
        if (!seen.add(method) || method.getModifiers().contains(JavaModifier.STATIC)) {
            return false;
        }
        if (method.getFieldAccesses().stream()
                .anyMatch(access -> access.getTargetOwner().equals(method.getOwner()) && setsWhatIsStored(access))) {
            return true;
        }
        return method.getMethodCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().equals(method.getOwner()))
                .anyMatch(call -> call.getTarget()
                        .resolveMember()
                        .filter(called -> changes(called, seen))
                        .isPresent());
    }

    private boolean setsWhatIsStored(JavaFieldAccess access) {
        return access.getAccessType() == JavaFieldAccess.AccessType.SET
                && access.getTarget().resolveMember().filter(this::isStored).isPresent();
    }

    private boolean isStored(JavaField field) {
        return !field.getModifiers().contains(JavaModifier.TRANSIENT)
                && !field.getModifiers().contains(JavaModifier.STATIC)
                && !types.bears(field, Role.NOT_STORED);
    }

    /** Its own annotation, or else that of the class, opens a transaction that may write. */
    private boolean isWritingTransaction(JavaCodeUnit method) {
        HasAnnotations<?> annotated = types.bears(method, Role.TRANSACTION) ? method : method.getOwner();
        return types.bears(annotated, Role.TRANSACTION)
                && annotated.getAnnotations().stream().noneMatch(this::isReadOnly);
    }

    private boolean isReadOnly(JavaAnnotation<?> annotation) {
        return types.attributesOf(annotation, Role.TRANSACTION, "read-only").stream()
                        .anyMatch(name -> annotation
                                .get(name)
                                .filter(Boolean.TRUE::equals)
                                .isPresent())
                || types.attributesOf(annotation, Role.TRANSACTION, "propagation").stream()
                        .flatMap(name -> annotation.get(name).stream())
                        .anyMatch(value -> WITHOUT_TRANSACTION.stream()
                                .anyMatch(none -> String.valueOf(value).endsWith(none)));
    }

    /** Itself, or by a method of its own class. */
    private boolean finds(JavaCodeUnit method, JavaClass entity) {
        return findsItself(method, entity)
                || graph.callsFrom(method).stream()
                        .anyMatch(called -> called.getOwner().equals(method.getOwner()) && findsItself(called, entity));
    }

    private boolean findsItself(JavaCodeUnit method, JavaClass entity) {
        return graph.effectsIn(method).stream()
                .filter(effect -> effect.role() == Role.FIND)
                .anyMatch(effect -> isRepositoryOf(effect.owner(), method, entity) || isGiven(method, effect, entity));
    }

    private static boolean isRepositoryOf(String repository, JavaCodeUnit method, JavaClass entity) {
        return method.getCallsFromSelf().stream()
                .map(JavaAccess::getTargetOwner)
                .filter(owner -> owner.getName().equals(repository))
                .flatMap(owner -> owner.getInterfaces().stream())
                .anyMatch(type -> type.getAllInvolvedRawTypes().contains(entity));
    }

    /** The entity's class is an argument, as the entity manager has it. */
    private boolean isGiven(JavaCodeUnit method, Effect effect, JavaClass entity) {
        for (MethodCode body : codes.bodiesOf(method)) {
            if (body.calls().stream()
                    .filter(call ->
                            call.name().equals(effect.member()) && call.owner().equals(effect.owner()))
                    .flatMap(call -> call.arguments().stream())
                    .anyMatch(argument -> argument.classLiterals().contains(entity.getName()))) {
                return true;
            }
        }
        return false;
    }

    private static int line(JavaCodeUnit caller, JavaCodeUnit called) {
        return caller.getAccessesFromSelf().stream()
                .filter(access -> access.getTargetOwner().equals(called.getOwner())
                        && access.getName().equals(called.getName()))
                .mapToInt(JavaAccess::getLineNumber)
                .min()
                .orElse(0);
    }
}
