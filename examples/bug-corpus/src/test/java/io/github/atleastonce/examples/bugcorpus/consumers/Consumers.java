package io.github.atleastonce.examples.bugcorpus.consumers;

import io.github.atleastonce.examples.bugcorpus.Bug;
import java.util.List;

/** The bugs of consumers that have a file of their own. */
public final class Consumers {

    private Consumers() {}

    /** Returns them, each with its twin. */
    public static List<Bug> bugs() {
        return List.of(
                MarkerInMemory.bug(),
                RowResurrected.bug(),
                ReceivedTimeWins.bug(),
                WholeRowSaved.bug(),
                SnapshotOverDelta.bug(),
                SameSecond.bug(),
                StatusGoesBack.bug(),
                ErrorSwallowed.bug(),
                BufferedAndAcknowledged.bug(),
                BufferKept.bug(),
                ParkedInMemory.bug(),
                SentBeforeCommit.bug(),
                LockedInArrivalOrder.bug(),
                HighestPlusOne.bug(),
                LimitCountedFirst.bug(),
                TwoDatabases.bug(),
                CommitTriedAgain.bug(),
                SequenceFromMemory.bug(),
                QueuedWhileRunning.bug(),
                SequencePushedFirst.bug());
    }
}
