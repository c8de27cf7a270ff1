package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.TreeSet;

/**
 * An event: something that happened and is told to others.
 *
 * @param type the class
 * @param wireName what it is called outside of the code
 * @param owner the context that publishes it, or in whose packages it is; empty if neither is known
 * @param publishers the contexts whose code publishes it
 * @param consumers the contexts whose code listens to it
 */
public record EventType(JavaClass type, String wireName, String owner, Set<String> publishers, Set<String> consumers) {

    /**
     * Copies and sorts the sets.
     *
     * @param type see above
     * @param wireName see above
     * @param owner see above
     * @param publishers see above
     * @param consumers see above
     */
    public EventType {
        publishers = new TreeSet<>(publishers);
        consumers = new TreeSet<>(consumers);
    }
}
