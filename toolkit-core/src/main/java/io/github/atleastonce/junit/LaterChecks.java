package io.github.atleastonce.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Finds an extension of the test that may fail a run after its body, as Mockito's does where a stub was not used: what the callbacks
 * of other extensions throw reaches JUnit, whatever it means for the exploration.
 */
final class LaterChecks {

    /** Their callbacks clean up, and check nothing that could be wrong where nothing was delivered. */
    private static final List<String> HARMLESS = List.of(
            "org.junit.", "org.springframework.", "org.testcontainers.", "io.quarkus.", "com.github.tomakehurst.");

    private static final String SPRING_LISTENERS = "org.springframework.test.context.TestExecutionListeners";
    private static final String AUTODETECTION = "junit.jupiter.extensions.autodetection.enabled";

    private final List<Class<?>> extensions = new ArrayList<>();

    private LaterChecks() {}

    /** Returns the simple name of the first, if there is one. */
    static Optional<String> of(ExtensionContext context) {
        LaterChecks found = new LaterChecks();
        found.add(context.getRequiredTestMethod());
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            found.add(type);
            ReflectionSupport.findFields(type, any -> true, HierarchyTraversalMode.TOP_DOWN)
                    .forEach(found::addField);
            for (Class<?> each = type; each != null; each = each.getSuperclass()) {
                if (hasListeners(each.getAnnotations(), new HashSet<>())) {
                    return Optional.of("@TestExecutionListeners");
                }
            }
        }
        if (context.getConfigurationParameter(AUTODETECTION)
                .map(Boolean::parseBoolean)
                .orElse(false)) {
            ServiceLoader.load(Extension.class).stream().forEach(provider -> found.extensions.add(provider.type()));
        }
        return found.extensions.stream()
                .filter(LaterChecks::checks)
                .map(Class::getSimpleName)
                .findFirst();
    }

    private void add(AnnotatedElement element) {
        AnnotationSupport.findRepeatableAnnotations(element, ExtendWith.class).stream()
                .flatMap(extending -> Stream.of(extending.value()))
                .forEach(extensions::add);
    }

    private void addField(Field field) {
        add(field);
        if (AnnotationSupport.isAnnotated(field, RegisterExtension.class)) {
            extensions.add(field.getType());
        }
    }

    private static boolean checks(Class<?> extension) {
        return (AfterEachCallback.class.isAssignableFrom(extension)
                        || AfterTestExecutionCallback.class.isAssignableFrom(extension))
                && HARMLESS.stream().noneMatch(extension.getName()::startsWith);
    }

    /** Spring is not known here, and its listeners are extensions of its own kind. */
    private static boolean hasListeners(Annotation[] annotations, Set<Class<?>> seen) {
        for (Annotation annotation : annotations) {
            Class<?> type = annotation.annotationType();
            if (seen.add(type)
                    && (type.getName().equals(SPRING_LISTENERS) || hasListeners(type.getAnnotations(), seen))) {
                return true;
            }
        }
        return false;
    }
}
