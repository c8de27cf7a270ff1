package io.github.atleastonce.archrules.bytecode;

import java.util.Set;
import java.util.TreeSet;

/**
 * Tells where a value can come from, over all paths that lead to its use.
 *
 * @param types qualified names of the static types it has at its sources
 * @param made the types of objects that are made here by {@code new}
 * @param classLiterals the types named by class literals among the sources
 * @param texts the constant strings among the sources
 * @param channels the constant strings that name a channel in an envelope among the sources
 * @param parameters the indices of the method's own parameters among the sources
 * @param handlers {@code owner#name} of method references and lambda bodies among the sources
 */
public record Origin(
        Set<String> types,
        Set<String> made,
        Set<String> classLiterals,
        Set<String> texts,
        Set<String> channels,
        Set<Integer> parameters,
        Set<String> handlers) {

    static Origin none() {
        return new Origin(
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>());
    }

    void add(Origin other) {
        types.addAll(other.types);
        made.addAll(other.made);
        classLiterals.addAll(other.classLiterals);
        texts.addAll(other.texts);
        channels.addAll(other.channels);
        parameters.addAll(other.parameters);
        handlers.addAll(other.handlers);
    }
}
