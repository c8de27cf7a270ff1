package io.github.atleastonce.explore;

import io.github.atleastonce.history.History;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what it means how a suspect ended when it was run again: what fails again is a failure, what does not is flaky, and what was
 * not met was no second look.
 */
record Confirmation(
        Suspect first, Coverage coverage, @Nullable History faultFree) {

    Outcome passed(Optional<String> divergence) {
        return divergence.isPresent() && first.isForGood()
                ? failed(first.failure(), first.history(), false)
                : flaky(null);
    }

    Outcome failed(Optional<String> divergence, Throwable failure, History history) {
        if (divergence.isPresent()) {
            return first.isForGood()
                    ? failed(first.failure(), first.history(), false)
                    : Doubts.nondeterministic(divergence.get(), failure);
        }
        return Thrown.alike(first.failure(), failure) ? failed(failure, history, true) : flaky(failure);
    }

    private Outcome flaky(@Nullable Throwable second) {
        return new Outcome.Flaky(first.token(), first.failure(), second, first.history());
    }

    private Outcome failed(Throwable failure, History history, boolean confirmed) {
        Effort effort = first.alone()
                ? Effort.alone(first.token(), first.switches())
                : coverage.effort(first.token(), first.switches());
        return new Outcome.Failed(first.token(), failure, history, effort, faultFree, confirmed);
    }
}
