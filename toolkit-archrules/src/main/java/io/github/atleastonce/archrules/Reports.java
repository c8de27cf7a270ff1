package io.github.atleastonce.archrules;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

/** Runs a check once for each import, however many rules ask; forgets with the import. Thread-safe. */
final class Reports implements Function<JavaClasses, Report> {

    private final Map<JavaClasses, Report> byImport = new WeakHashMap<>();
    private final Function<JavaClasses, Report> run;

    Reports(Function<JavaClasses, Report> run) {
        this.run = run;
    }

    @Override
    public synchronized Report apply(JavaClasses classes) {
        Report known = byImport.get(classes);
        if (known == null) {
            known = run.apply(classes);
            byImport.put(classes, known);
        }
        return known;
    }
}
