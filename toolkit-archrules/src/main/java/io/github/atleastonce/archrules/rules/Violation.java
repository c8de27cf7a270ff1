package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import io.github.atleastonce.archrules.model.References;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One place, or one pair of contexts, at which a rule is not kept.
 *
 * @param headline which contexts and which path; without line numbers, since frozen violations are known by it
 * @param details what was found there, one line each
 * @param where the classes, contexts and pairs by which it can be exempted
 * @param because why it matters here, or an empty text if the rule's own reason says all
 * @param cause the one name of these by which to exempt it and no other, or an empty text if the narrowest will do
 */
public record Violation(String headline, List<String> details, Set<String> where, String because, String cause) {

    /**
     * Copies the collections.
     *
     * @param headline see above
     * @param details see above
     * @param where see above
     * @param because see above
     * @param cause see above
     */
    public Violation {
        details = List.copyOf(details);
        where = new TreeSet<>(where);
    }

    /**
     * Describes a violation for which the rule's own reason says all.
     *
     * @param headline which contexts and which path
     * @param details what was found there
     * @param where the names by which it can be exempted
     * @return the violation
     */
    public static Violation of(String headline, List<String> details, Set<String> where) {
        return new Violation(headline, details, where, "", "");
    }

    /** The same with a reason of its own. */
    Violation because(String reason) {
        return new Violation(headline, details, where, reason, cause);
    }

    /** The same, to be exempted by the class that causes it, and not by one that serves everybody. */
    Violation causedBy(JavaClass type) {
        return new Violation(
                headline, details, where, because, References.outermost(type).getName());
    }
}
