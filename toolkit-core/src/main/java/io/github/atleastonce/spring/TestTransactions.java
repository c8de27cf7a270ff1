package io.github.atleastonce.spring;

import io.github.atleastonce.run.UsageException;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/** Refuses a transaction that Spring would begin around a fault test and roll back after it. */
final class TestTransactions {

    private static final List<String> NONE = List.of("NOT_SUPPORTED", "NEVER");

    private TestTransactions() {}

    static void refuse(ExtensionContext test, String where) {
        // As Spring does, the method is asked first, then its class, then the classes around it.
        Propagation propagation = propagation(test.getRequiredTestMethod());
        Class<?> type = test.getRequiredTestClass();
        while (propagation == Propagation.UNSAID && type != null) {
            propagation = propagation(type);
            type = type.getEnclosingClass();
        }
        if (propagation == Propagation.TRANSACTION) {
            throw new UsageException(
                    where + " is within a transaction of the test, which is rolled back: nothing in it "
                            + "is ever committed, so no listener sees it and no crash can be told from none. Remove @Transactional, or say "
                            + "@Transactional(propagation = NOT_SUPPORTED) on the method or its class.");
        }
    }

    private enum Propagation {
        UNSAID,
        NONE,
        TRANSACTION
    }

    private static Propagation propagation(AnnotatedElement element) {
        MergedAnnotations all = MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY);
        MergedAnnotation<?> springs = all.get("org.springframework.transaction.annotation.Transactional");
        if (springs.isPresent()) {
            return of(springs, "propagation");
        }
        MergedAnnotation<?> jakartas = all.get("jakarta.transaction.Transactional");
        return jakartas.isPresent() ? of(jakartas, "value") : Propagation.UNSAID;
    }

    private static Propagation of(MergedAnnotation<?> annotation, String attribute) {
        boolean none = annotation
                .getValue(attribute)
                .map(String::valueOf)
                .filter(NONE::contains)
                .isPresent();
        return none ? Propagation.NONE : Propagation.TRANSACTION;
    }
}
