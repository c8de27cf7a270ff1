package io.github.atleastonce.examples.temporal;

/** What the service takes care of. */
enum Care {
    /** Of everything. */
    FULL,
    /** Reserves credit as often as it is asked to. */
    RESERVES_WITHOUT_A_KEY,
    /** Gives credit back as often as it is asked to. */
    COMPENSATION_NOT_IDEMPOTENT,
    /** Charges with a new idempotency key at each attempt. */
    NEW_KEY_FOR_EACH_ATTEMPT,
    /** Lets an id of a workflow that has ended be used again, which is Temporal's default, and tells orders apart by the run. */
    WORKFLOW_ID_USED_AGAIN,
    /** Lets the workflow look at the memory of the worker. */
    WORKFLOW_READS_MEMORY,
    /** Of everything, with activities at the same time. */
    AT_ONCE,
    /** Takes back what is done as soon as one of several activities has failed, and does not wait for the others. */
    COMPENSATES_BESIDE_A_STEP,
    /** Charges in a local activity. */
    LOCAL;

    /** Says whether activities are under way at the same time. */
    boolean isAtOnce() {
        return compareTo(AT_ONCE) >= 0;
    }
}
