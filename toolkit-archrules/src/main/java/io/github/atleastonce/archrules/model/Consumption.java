package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.knowledge.Fact;
import java.util.Set;
import java.util.TreeSet;

/**
 * A listener: a method that is called with messages, or fetches them.
 *
 * @param context whose code it is, empty if it belongs to no context
 * @param method the listener
 * @param types the qualified names of the message types, empty if the code does not tell
 * @param channels the topics or destinations written as constants
 * @param fact what made it a listener
 * @param untyped whether the message arrives as text, map or tree
 */
public record Consumption(
        String context, JavaCodeUnit method, Set<String> types, Set<String> channels, Fact fact, boolean untyped) {

    /**
     * Copies and sorts the sets.
     *
     * @param context see above
     * @param method see above
     * @param types see above
     * @param channels see above
     * @param fact see above
     * @param untyped see above
     */
    public Consumption {
        types = new TreeSet<>(types);
        channels = new TreeSet<>(channels);
    }

    /**
     * Tells whether only messages of the same process arrive here.
     *
     * @return whether it is local
     */
    public boolean isLocal() {
        return fact.options().containsKey("local");
    }

    /**
     * Tells whether the framework calls after the publisher's transaction committed.
     *
     * @return whether it does
     */
    public boolean isAfterCommit() {
        return fact.options().containsKey("after-commit");
    }

    /**
     * Tells whether the same message may come again: brokers deliver at least once, and so do registries of what was published.
     *
     * @return whether it may
     */
    public boolean comesAgain() {
        return !isLocal() || fact.options().containsKey("repeats");
    }

    /**
     * Tells whether the framework itself remembers which messages were handled.
     *
     * @return whether it does
     */
    public boolean isDeduplicatedByFramework() {
        return fact.options().containsKey("idempotent-store");
    }

    /**
     * Tells whether commands arrive here rather than events.
     *
     * @return whether the framework says so
     */
    public boolean isCommandHandler() {
        return fact.options().containsKey("command");
    }
}
