package io.github.atleastonce.archrules;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Remembers one answer for each import, and forgets it with the import. Thread-safe.
 *
 * <p>Imports are told apart by identity: to ArchUnit two of them are equal if their classes have the same names.
 */
final class PerImport<V> {

    private record Answer<V>(WeakReference<JavaClasses> classes, V value) {}

    private final List<Answer<V>> answers = new ArrayList<>();

    synchronized V of(JavaClasses classes, Function<JavaClasses, V> question) {
        answers.removeIf(answer -> answer.classes().refersTo(null));
        for (Answer<V> answer : answers) {
            if (answer.classes().refersTo(classes)) {
                return answer.value();
            }
        }
        V value = question.apply(classes);
        answers.add(new Answer<>(new WeakReference<>(classes), value));
        return value;
    }
}
