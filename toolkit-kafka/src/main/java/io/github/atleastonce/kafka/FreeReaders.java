package io.github.atleastonce.kafka;

import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.kafka.GroupProgress.Progress;
import io.github.atleastonce.run.Faults;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Which groups of the application read as they like: the run resumes their listeners one by one, and to be at work at the same time they have to have their
 * records in hand. For DELAY and REORDER they have to wait for them.
 */
final class FreeReaders {

    private final HostedTasks hosted;
    private final boolean free;

    FreeReaders(Run run) {
        Faults faults = run.faults();
        this.hosted = HostedTasks.of(run);
        this.free = faults.wants(Fault.CONCURRENT) || !faults.wants(Fault.DELAY) && !faults.wants(Fault.REORDER);
    }

    boolean are(String group) {
        return free && hosted.areOf(group);
    }

    /** Leaves out whoever needs no turn. */
    Progress without(Progress progress) {
        return progress.without(turn -> are(turn.group()));
    }

    /** Leaves out whoever is given nothing at present: his thread cannot come, and waiting for it would keep the others. */
    Progress expected(Progress progress, @Nullable WireTurn present) {
        return progress.without(turn -> !turn.equals(present) && (present != null || !are(turn.group())));
    }
}
