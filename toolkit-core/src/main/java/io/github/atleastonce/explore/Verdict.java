package io.github.atleastonce.explore;

/** What a failed run means for the one who drives the exploration. */
public enum Verdict {
    /** The body failed without any fault: show its own failure; nothing more is run. */
    ORDINARY,
    /** The schedule is suspect and runs again next; show nothing yet. */
    SUSPECT,
    /** The schedule that failed the last time no longer exists; go on. */
    OBSOLETE,
    /** The exploration has its outcome: show that. */
    DECIDED
}
