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
    WORKFLOW_READS_MEMORY
}
