package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.References;
import io.github.atleastonce.archrules.model.Source;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The wording that violations share. */
final class Messages {

    private static final int SHOWN = 5;

    private Messages() {}

    static String effect(String verb, Effect effect) {
        return line(verb, effect.call(), effect.at());
    }

    static String line(String verb, String what, String at) {
        return String.format("%-8s%-34s %s", verb, what, at).stripTrailing();
    }

    /** The first few, and how many more there are. */
    static List<String> some(List<String> lines) {
        if (lines.size() <= SHOWN) {
            return lines;
        }
        List<String> some = new java.util.ArrayList<>(lines.subList(0, SHOWN));
        some.add("… and " + (lines.size() - SHOWN) + " more");
        return some;
    }

    /** The context, for a sentence. */
    static String context(EventModel model, JavaClass type) {
        return model.contexts().of(type).orElse("shared code");
    }

    /** The context before what is in it, or nothing where there is none. */
    static String prefix(EventModel model, JavaClass type) {
        return model.contexts().of(type).map(context -> context + ": ").orElse("");
    }

    static String place(EventModel model, JavaCodeUnit method) {
        return prefix(model, method.getOwner()) + Source.name(method);
    }

    /** The names by which a violation on the given methods can be exempted. */
    static Set<String> where(EventModel model, Iterable<JavaCodeUnit> methods) {
        Set<String> where = new TreeSet<>();
        for (JavaCodeUnit method : methods) {
            where.add(References.outermost(method.getOwner()).getName());
            where.add(method.getOwner().getName());
            model.contexts().of(method.getOwner()).ifPresent(where::add);
        }
        return where;
    }

    static Set<String> where(EventModel model, JavaClass type) {
        Set<String> where = new LinkedHashSet<>();
        where.add(type.getName());
        model.contexts().of(type).ifPresent(where::add);
        return where;
    }
}
