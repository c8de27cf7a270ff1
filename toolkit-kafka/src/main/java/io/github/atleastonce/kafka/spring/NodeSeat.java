package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.hosted.TaskOwner;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;

/** The place of a container in its group, which others may take for a while if it is of a node. */
interface NodeSeat extends TaskOwner {

    /** Returns the name under which a life gets what the group reads: the group's, or that of a node of it. */
    String subscriber(Lifetime of);

    /** Says whether it is no member of its group at present. */
    boolean isAway();

    /** Says whether its group finds out who reads what. */
    boolean isJoining();

    /** Counts how often the group has found out, or begun to. */
    int assignments();

    /** Offers that it falls out of its group before something is handled. */
    boolean fallsOut(Run run, Cause next);
}
