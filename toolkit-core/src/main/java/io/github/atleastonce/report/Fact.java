package io.github.atleastonce.report;

import java.util.stream.Collectors;

/**
 * One thing that a story states, under a name. The notion of failures made of facts is Google Truth's.
 *
 * @param key what it is about
 * @param value what there is to say, in one line or several
 */
record Fact(String key, String value) {

    @Override
    public String toString() {
        if (value.indexOf('\n') < 0) {
            return key + ": " + value;
        }
        return key + ":\n" + value.lines().map(line -> "  " + line).collect(Collectors.joining("\n"));
    }
}
