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
        String application = null;
        for (JavaClass type : classes) {
            String name = type.getPackageName();
            if (types.bears(type, Role.APPLICATION)) {
                application = application == null ? name : PackageNames.common(application, name);
            }
            common = common == null ? name : PackageNames.common(common, name);
        }
        if (application != null && !application.isEmpty()) {
            return application;
        }
        if (common == null || common.isEmpty()) {
            throw new IllegalArgumentException(
                    "The imported classes have no package in common; declare an architecture with Architecture.of(…).");
        }
        return common;
    }
}
