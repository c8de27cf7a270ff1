package io.github.atleastonce.archrules.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What was understood of some code, so that silence can be told from a clean result.
 *
 * @param classes how many classes were read
 * @param listeners how many methods take messages
 * @param senders how many places publish
 * @param writes how many places change stored state
 * @param transactions how many methods open a transaction
 * @param notUnderstood the classes that name types or annotations of messaging of which nothing is known, and in which nothing else
 *     was understood either; with those names
 */
public record Coverage(
        int classes,
        int listeners,
        int senders,
        int writes,
        int transactions,
        SortedMap<String, SortedSet<String>> notUnderstood) {

    /** Nothing. */
    public static final Coverage NONE = new Coverage(0, 0, 0, 0, 0, new TreeMap<>());

    /**
     * Copies the map.
     *
     * @param classes see above
     * @param listeners see above
     * @param senders see above
     * @param writes see above
     * @param transactions see above
     * @param notUnderstood see above
     */
    public Coverage {
        notUnderstood = Collections.unmodifiableSortedMap(new TreeMap<>(notUnderstood));
    }

    /**
     * Tells whether rules on messages would pass whatever the code does.
     *
     * @return whether something has to do with messages and nothing that takes or publishes them was understood
     */
    public boolean isBlind() {
        return !notUnderstood.isEmpty() && listeners == 0 && senders == 0;
    }

    /**
     * Adds another one.
     *
     * @param other what was understood of other code
     * @return both
     */
    public Coverage plus(Coverage other) {
        SortedMap<String, SortedSet<String>> both = new TreeMap<>(notUnderstood);
        both.putAll(other.notUnderstood);
        return new Coverage(
                classes + other.classes,
                listeners + other.listeners,
                senders + other.senders,
                writes + other.writes,
                transactions + other.transactions,
                both);
    }
}
