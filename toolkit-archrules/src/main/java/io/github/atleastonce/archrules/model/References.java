package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** The types that a class names; cheaper than ArchUnit's dependencies, which describe and keep each access. */
public final class References {

    private References() {}

    /**
     * Returns the types that a class names in its declaration, members and code.
     *
     * @param type a class
     * @return the types, without those that appear only in local variables or casts
     */
    public static Set<JavaClass> of(JavaClass type) {
        Set<JavaClass> found = new LinkedHashSet<>();
        declaredBy(type, found::add);
        for (JavaCodeUnit method : type.getCodeUnits()) {
            for (JavaAccess<?> access : method.getAccessesFromSelf()) {
                found.add(access.getTargetOwner());
                if (access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target) {
                    found.add(target.getRawReturnType());
                }
            }
        }
        found.remove(type);
        return found;
    }

    /** What a class names otherwise than by accessing a member, some of it more than once. */
    static void declaredBy(JavaClass type, Consumer<JavaClass> found) {
        type.getSuperclass().ifPresent(superclass -> add(found, superclass));
        type.getInterfaces().forEach(superinterface -> add(found, superinterface));
        addAnnotations(found, type);
        for (JavaField field : type.getFields()) {
            add(found, field.getType());
            addAnnotations(found, field);
        }
        for (JavaCodeUnit method : type.getCodeUnits()) {
            add(found, method.getReturnType());
            method.getParameterTypes().forEach(parameter -> add(found, parameter));
            addAnnotations(found, method);
            method.getReferencedClassObjects().forEach(literal -> found.accept(literal.getRawType()));
            method.getInstanceofChecks().forEach(check -> found.accept(check.getRawType()));
        }
    }

    private static void addAnnotations(Consumer<JavaClass> found, HasAnnotations<?> element) {
        for (JavaAnnotation<?> annotation : element.getAnnotations()) {
            found.accept(annotation.getRawType());
        }
    }

    /**
     * Returns the type that an array is made of; ArchUnit's own answer fails for types that could not be found.
     *
     * @param type a class
     * @return the innermost component type, or the class itself if it is no array
     */
    public static JavaClass element(JavaClass type) {
        JavaClass element = type;
        while (element.isArray() && element.tryGetComponentType().isPresent()) {
            element = element.tryGetComponentType().get();
        }
        return element;
    }

    /**
     * Returns the class of a source file that a class is nested in.
     *
     * @param type a class
     * @return the outermost enclosing class, or the class itself if there is none
     */
    public static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    private static void add(Consumer<JavaClass> found, JavaType type) {
        if (type instanceof JavaClass raw) {
            found.accept(raw);
        } else {
            type.getAllInvolvedRawTypes().forEach(found);
        }
    }
}
