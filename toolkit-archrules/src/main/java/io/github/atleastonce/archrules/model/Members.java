package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The members of a class in the same order in each build. ArchUnit's sets keep none, and a rule that takes the first of
 * several must take the same one each time, or frozen violations flicker.
 */
public final class Members {

    /** By name and parameters, then by return type: a bridge method differs from what it bridges to in that alone. */
    public static final Comparator<JavaCodeUnit> ORDER = Comparator.comparing(JavaCodeUnit::getFullName)
            .thenComparing(method -> method.getRawReturnType().getName());

    private Members() {}

    /**
     * Returns the methods and constructors of a class, static initialiser included.
     *
     * @param type a class
     * @return those declared in the class itself, sorted
     */
    public static List<JavaCodeUnit> codeUnitsOf(JavaClass type) {
        return sorted(type.getCodeUnits());
    }

    /**
     * Sorts methods and constructors.
     *
     * @param methods some
     * @return the same, sorted
     */
    public static List<JavaCodeUnit> sorted(Collection<? extends JavaCodeUnit> methods) {
        return methods.stream()
                .<JavaCodeUnit>map(method -> method)
                .sorted(ORDER)
                .toList();
    }

    /**
     * Returns the methods of a class.
     *
     * @param type a class
     * @return those declared in the class itself, sorted
     */
    public static List<JavaMethod> methodsOf(JavaClass type) {
        return type.getMethods().stream().sorted(ORDER).toList();
    }

    /**
     * Returns the fields of a class.
     *
     * @param type a class
     * @return those declared in the class itself, sorted by name
     */
    public static List<JavaField> fieldsOf(JavaClass type) {
        return type.getFields().stream()
                .sorted(Comparator.comparing(JavaField::getName))
                .toList();
    }

    /**
     * Returns the fields of a class and of its superclasses.
     *
     * @param type a class
     * @return the fields, sorted by name, those of equal name by the class that declares them
     */
    public static List<JavaField> allFieldsOf(JavaClass type) {
        return type.getAllFields().stream()
                .sorted(Comparator.comparing(JavaField::getName).thenComparing(JavaField::getFullName))
                .toList();
    }
}
