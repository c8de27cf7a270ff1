package io.github.atleastonce.report;

import io.github.atleastonce.explore.Varying;
import java.util.regex.Pattern;

/** For what a run is told: to be read, or to be compared with another one. Where in a log a message lies, and what differs in any run, is nothing to compare. */
enum Wording {
    /** As it was. */
    READ {
        @Override
        String of(String text) {
            return text;
        }
    },
    /** Without what may differ. */
    COMPARED {
        @Override
        String of(String text) {
            // Offsets first: those of four digits look like identity hashes.
            return Varying.masked(OFFSET.matcher(text).replaceAll(""));
        }
    };

    /** Behind the name of a channel. Queues number downwards what others than the run have put into them. */
    static final Pattern OFFSET = Pattern.compile("-\\d+@-?\\d+");

    /** Words a text, before it is shortened. */
    abstract String of(String text);
}
