package io.github.atleastonce.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Numbers the kinds of faults: which fault, at which step of which handler, and what the messages in it are to each other. Two faults of one kind differ only in
 * which messages they befall.
 */
final class Kinds {

    /** A message as a {@code Label} names it, or the number of a message, an attempt, a request. */
    private static final Pattern NUMBERED = Pattern.compile("\\[k(\\d+)(\\.\\d+)?]|#-?\\d+");

    private final Map<String, Integer> numbers = new HashMap<>();

    int number(Fault fault, String name, String argument) {
        return numbers.computeIfAbsent(kind(fault, name, argument), any -> numbers.size());
    }

    /** A key is the first, the second … that the fault speaks of, and a message the first of its key or a later one. */
    static String kind(Fault fault, String name, String argument) {
        List<String> keys = new ArrayList<>();
        return NUMBERED.matcher(fault.word() + "(" + name + "," + argument).replaceAll(label -> role(label, keys));
    }

    private static String role(MatchResult label, List<String> keys) {
        String key = label.group(1);
        if (key == null) {
            return "#";
        }
        if (!keys.contains(key)) {
            keys.add(key);
        }
        return "[" + keys.indexOf(key) + (label.group(2) == null ? "" : ", later") + "]";
    }
}
