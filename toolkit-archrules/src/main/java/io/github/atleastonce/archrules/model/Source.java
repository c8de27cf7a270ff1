package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;

/** Names places in the source the way people do. */
public final class Source {

    private Source() {}

    /**
     * Names a line.
     *
     * @param method a method in the file
     * @param line the line, 0 if unknown
     * @return file and line
     */
    public static String at(JavaCodeUnit method, int line) {
        JavaClass type = method.getOwner();
        String file = type.getSource().flatMap(source -> source.getFileName()).orElse(type.getSimpleName() + ".java");
        return line > 0 ? file + ":" + line : file;
    }

    /**
     * Names a method.
     *
     * @param method the method
     * @return simple class name and method name
     */
    public static String name(JavaCodeUnit method) {
        String type = method.getOwner().getName();
        String simple = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
        return method.isConstructor() ? "new " + simple : simple + "." + method.getName();
    }
}
