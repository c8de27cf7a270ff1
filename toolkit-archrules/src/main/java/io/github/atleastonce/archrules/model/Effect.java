package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.knowledge.Fact;
import io.github.atleastonce.archrules.knowledge.Role;

/**
 * One call that does something the rules care for.
 *
 * @param fact what is known of the called member
 * @param origin the project's method that calls
 * @param owner the qualified name of the type it is called on
 * @param member the called method
 * @param line the source line, 0 if unknown
 */
public record Effect(Fact fact, JavaCodeUnit origin, String owner, String member, int line) {

    /** Stands for the called method where a framework sends what a method returns. */
    public static final String RESULT = "(result)";

    /**
     * Returns what the call does.
     *
     * @return the role
     */
    public Role role() {
        return fact.role();
    }

    /**
     * Returns the call in short form.
     *
     * @return simple type name and method
     */
    public String call() {
        return owner.substring(Math.max(owner.lastIndexOf('.'), owner.lastIndexOf('$')) + 1) + "." + member;
    }

    /**
     * Returns where the call stands.
     *
     * @return source file and line
     */
    public String at() {
        return Source.at(origin, line);
    }
}
