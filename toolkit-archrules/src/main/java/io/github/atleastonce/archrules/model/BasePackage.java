package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.atleastonce.archrules.knowledge.Knowledge;
import io.github.atleastonce.archrules.knowledge.Role;

/** Guesses where a project's own code is. */
final class BasePackage {

    private BasePackage() {}

    static String of(JavaClasses classes) {
        Types types = new Types(Knowledge.standard(), new Project(classes));
        String common = null;
        for (JavaClass type : classes) {
            if (types.bears(type, Role.APPLICATION)) {
                return type.getPackageName();
            }
            common = common == null ? type.getPackageName() : common(common, type.getPackageName());
        }
        if (common == null || common.isEmpty()) {
            throw new IllegalArgumentException(
                    "The imported classes have no package in common; declare an architecture with Architecture.of(…).");
        }
        return common;
    }

    private static String common(String one, String other) {
        String common = one;
        while (!common.isEmpty() && !other.equals(common) && !other.startsWith(common + ".")) {
            common = common.contains(".") ? common.substring(0, common.lastIndexOf('.')) : "";
        }
        return common;
    }
}
