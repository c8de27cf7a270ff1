package io.github.atleastonce.archrules;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/** Remembers of which imports it was told what of them was understood, for checks that share them. */
final class Told {

    private final Set<JavaClasses> imports = Collections.newSetFromMap(new WeakHashMap<>());

    synchronized boolean isFirst(JavaClasses classes) {
        return imports.add(classes);
    }
}
