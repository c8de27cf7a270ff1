package io.github.atleastonce.archrules.model;

/**
 * Which readers must go on understanding an event after its contract has changed. The names are those of schema registries,
 * see <a href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/schema-evolution.html">schema
 * evolution</a>.
 */
public enum Compatibility {
    /** Readers of the new contract understand messages of the accepted one: stored messages, consumers deployed first. */
    BACKWARD,
    /** Readers of the accepted contract understand messages of the new one: publishers deployed first. */
    FORWARD,
    /** Both, so that nobody has to be deployed first. */
    FULL;

    /**
     * Tells whether messages of the accepted contract must stay readable.
     *
     * @return whether new code reads them
     */
    public boolean backward() {
        return this != FORWARD;
    }

    /**
     * Tells whether those who know only the accepted contract must be able to read new messages.
     *
     * @return whether old code reads them
     */
    public boolean forward() {
        return this != BACKWARD;
    }
}
