package io.github.atleastonce.archrules.bytecode;

import java.util.List;

/**
 * A branch on whose outcome it depends whether a place in the body is reached.
 *
 * @param asked the calls that the outcome comes from, nearest first, those included whose results they were called on or given
 * @param answer what the nearest call must answer for the place to be reached
 */
public record Decision(List<Invocation> asked, Answer answer) {

    /** What is compared, as far as one value is. */
    public enum Answer {
        /** True, or more than none. */
        YES,
        /** False, or none. */
        NO,
        /** Null. */
        NOTHING,
        /** Not null. */
        SOMETHING,
        /** Whatever a comparison of two values, or a switch, asks for. */
        OTHER
    }

    /**
     * Copies the list.
     *
     * @param asked see above
     * @param answer see above
     */
    public Decision {
        asked = List.copyOf(asked);
    }
}
