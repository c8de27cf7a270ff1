package io.github.atleastonce.examples.bugcorpus.views;

import io.github.atleastonce.examples.bugcorpus.Bug;
import java.util.List;

/** The bugs of projections and caches. */
public final class Views {

    private Views() {}

    /** Returns them, each with its twin. */
    public static List<Bug> bugs() {
        return List.of(
                CheckpointApart.bug(),
                ReplaySendsMails.bug(),
                DeletedThenInserted.bug(),
                CacheKeepsRolledBack.bug(),
                InvalidatedBeforeCommit.bug());
    }
}
