package io.github.atleastonce.archrules.rules;

/** What a violation of a rule leads to. */
public enum Severity {
    /** The check fails. */
    ERROR,
    /** The check tells and goes on. */
    WARN
}
