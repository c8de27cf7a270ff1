package io.github.atleastonce.schedule;

/**
 * Describes one fault that may be chosen at a {@link ChoicePoint}.
 *
 * @param fault what goes wrong
 * @param argument what tells this option from others of the same fault at the same point, in names that are stable from
 *     run to run; empty where the fault alone says it
 * @param phrase the option in words for people, with the real keys, for example {@code OrderCreated(o-1) delivered
 *     twice}; never part of a token
 */
public record Option(Fault fault, String argument, String phrase) {}
