package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.util.Set;
import java.util.TreeSet;

/**
 * A place in the code that publishes messages.
 *
 * @param context whose code it is; empty if it is nobody's, or passes on what others say
 * @param method the method
 * @param types the qualified names of the published types, empty if the code does not tell
 * @param channels the topics or destinations written as constants
 * @param delivery how the message leaves
 * @param line the source line, 0 if unknown
 */
public record Publication(
        String context, JavaCodeUnit method, Set<String> types, Set<String> channels, Delivery delivery, int line) {

    /** How a message leaves the code. */
    public enum Delivery {
        /** To the broker at once. */
        BROKER,
        /** With the transaction, by an outbox or its like. */
        OUTBOX,
        /** To listeners in the same process. */
        LOCAL
    }

    /**
     * Copies and sorts the sets.
     *
     * @param context see above
     * @param method see above
     * @param types see above
     * @param channels see above
     * @param delivery see above
     * @param line see above
     */
    public Publication {
        types = new TreeSet<>(types);
        channels = new TreeSet<>(channels);
    }

    Publication ofNobody() {
        return new Publication("", method, types, channels, delivery, line);
    }
}
