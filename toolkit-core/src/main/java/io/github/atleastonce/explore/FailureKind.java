package io.github.atleastonce.explore;

import org.apiguardian.api.API;

/** What the failure of one run means for its exploration, and so for what the driver shows. */
@API(status = API.Status.INTERNAL)
public enum FailureKind {
    /** The body failed without any fault: show its own failure; nothing more is run. */
    ORDINARY,
    /** The schedule is suspect and runs again next; show nothing yet. */
    SUSPECT,
    /** The schedule that failed the last time no longer exists, or the fault-free run is done anew; go on. */
    OBSOLETE,
    /** The body has noticed that nothing was delivered, as it should: show nothing; go on. */
    EXPECTED,
    /** The body gave up, as an assumption does that does not hold: the exploration has its outcome. */
    GIVEN_UP,
    /** The exploration has its outcome: show that. */
    DECISIVE
}
