package io.github.atleastonce.junit;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Writes a name as people do who mean it: JUnit tells an extension the value of a configuration parameter, and never which ones there
 * are, so that one that nobody reads has to be guessed.
 */
final class Misspellings {

    private Misspellings() {}

    /** Returns the name in other cases and with other separators, with one letter left out, one more, or two of them swapped. */
    static Set<String> of(String prefix, String name) {
        Set<String> all = new LinkedHashSet<>();
        all.add(prefix + name.toLowerCase(Locale.ROOT));
        all.add(prefix + name.toUpperCase(Locale.ROOT));
        all.add(prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1));
        all.add(prefix + parts(name, '-'));
        all.add(prefix + parts(name, '_'));
        all.add(prefix + name + "s");
        for (int at = 0; at < name.length(); at++) {
            String before = prefix + name.substring(0, at);
            String after = name.substring(at + 1);
            char letter = name.charAt(at);
            all.add(before + after);
            all.add(before + letter + letter + after);
            if (!after.isEmpty()) {
                all.add(before + after.charAt(0) + letter + after.substring(1));
            }
        }
        all.remove(prefix + name);
        return all;
    }

    private static String parts(String name, char separator) {
        StringBuilder parts = new StringBuilder();
        for (char letter : name.toCharArray()) {
            if (Character.isUpperCase(letter)) {
                parts.append(separator);
            }
            parts.append(Character.toLowerCase(letter));
        }
        return parts.toString();
    }
}
