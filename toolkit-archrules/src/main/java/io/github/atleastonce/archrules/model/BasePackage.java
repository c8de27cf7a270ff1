package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;

/** Guesses where a project's own code is. */
final class BasePackage {

    private static final String APPLICATION = "org.springframework.boot.autoconfigure.SpringBootApplication";

    private BasePackage() {}

    static String of(JavaClasses classes) {
        String common = null;
        for (JavaClass type : classes) {
            if (type.isAnnotatedWith(APPLICATION)) {
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
