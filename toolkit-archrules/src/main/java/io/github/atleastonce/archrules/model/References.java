package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.LinkedHashSet;
import java.util.Set;

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
        type.getSuperclass().ifPresent(superclass -> add(found, superclass));
        type.getInterfaces().forEach(superinterface -> add(found, superinterface));
        for (JavaAnnotation<?> annotation : type.getAnnotations()) {
            found.add(annotation.getRawType());
        }
        for (JavaField field : type.getFields()) {
            add(found, field.getType());
        }
        for (JavaCodeUnit method : type.getCodeUnits()) {
            add(found, method.getReturnType());
            method.getParameterTypes().forEach(parameter -> add(found, parameter));
            for (JavaAccess<?> access : method.getAccessesFromSelf()) {
                found.add(access.getTargetOwner());
                if (access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target) {
                    found.add(target.getRawReturnType());
                }
            }
            method.getReferencedClassObjects().forEach(literal -> found.add(literal.getRawType()));
            method.getInstanceofChecks().forEach(check -> found.add(check.getRawType()));
        }
        found.remove(type);
        return found;
    }

    private static void add(Set<JavaClass> found, JavaType type) {
        found.addAll(type.getAllInvolvedRawTypes());
    }
}
