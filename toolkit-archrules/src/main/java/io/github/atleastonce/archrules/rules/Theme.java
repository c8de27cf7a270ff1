package io.github.atleastonce.archrules.rules;

/** What a rule is about. */
public enum Theme {
    /** Whether the declaration and the code speak of the same thing. */
    MODEL,
    /** What an event looks like. */
    EVENTS,
    /** What contexts show each other. */
    CONTRACTS,
    /** That state and events do not part. */
    OUTBOX,
    /** How messages are handled. */
    CONSUMERS,
    /** How much contexts know of each other. */
    COUPLING,
    /** Transactions made of several steps. */
    SAGAS,
    /** Code that a workflow engine replays. */
    WORKFLOWS
}
