package io.github.atleastonce.explore;

import io.github.atleastonce.history.Fallback;
import io.github.atleastonce.history.History;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what it means how a suspect ended when it was run again: what fails again is a failure, what does not is flaky, and what was
 * not met was no second look.
 */
record Confirmation(
        Suspect first, Coverage coverage, @Nullable History faultFree, Fallback fallback, Settings settings) {

    Outcome passed(Optional<String> divergence, Run again) {
        return divergence.isPresent() && first.isForGood()
                ? failed(first.failure(), first.history(), false)
                : flaky(null, again);
    }

    Outcome failed(Optional<String> divergence, Throwable failure, Run again) {
        if (divergence.isPresent()) {
            return first.isForGood()
                    ? failed(first.failure(), first.history(), false)
                    : Doubts.nondeterministic(divergence.get(), failure);
        }
        if (!Thrown.alike(first.failure(), failure)) {
            return flaky(failure, again);
        }
        return hangsByChance() ? Doubts.hangs(first.token(), failure) : failed(failure, again.history(), true);
    }

    /** Whoever does not come to rest may wait for somebody whose turn does not come: that is to be seen without turns, if none of the faults takes them. */
    private boolean hangsByChance() {
        Set<Fault> needed = EnumSet.noneOf(Fault.class);
        needed.addAll(settings.faults().required());
        first.token().deviations().forEach(deviation -> needed.add(deviation.fault()));
        return first.failure() instanceof NotSettledException && !first.isForGood() && fallback.isOffered(needed);
    }

    private Outcome flaky(@Nullable Throwable second, Run again) {
        Optional<String> difference = first.effects().parting(Effects.of(again));
        return new Outcome.Flaky(first.token(), first.failure(), second, first.history(), difference);
    }

    private Outcome failed(Throwable failure, History history, boolean confirmed) {
        Effort effort = first.alone()
                ? Effort.alone(first.token(), first.switches())
                : coverage.effort(first.token(), first.switches());
        return new Outcome.Failed(first.token(), failure, history, effort, faultFree, confirmed);
    }
}
