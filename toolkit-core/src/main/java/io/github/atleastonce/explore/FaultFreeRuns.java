package io.github.atleastonce.explore;

import io.github.atleastonce.history.History;
import io.github.atleastonce.run.Run;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fault-free runs that begin an exploration: what they came to, and whether they are to be done anew. */
final class FaultFreeRuns {

    /** Listeners join one after the other; a system that is never complete is told as it is. */
    private static final int BEGINNINGS = 5;

    private Baseline baseline = Baseline.taken();
    private @Nullable Effects effects;
    private @Nullable History history;
    private int begun = 1;
    private boolean warmedUp;

    Baseline baseline() {
        return baseline;
    }

    void took(Run run) {
        effects = Effects.of(run);
        history = run.history();
    }

    /** What happened in the first of them: the only run whose history is kept until the end. */
    @Nullable
    History history() {
        return history;
    }

    Optional<String> difference(Run run) {
        Effects first = effects;
        return first == null ? Optional.empty() : first.difference(Effects.of(run));
    }

    /** Forgets runs that did not see the whole system, and says whether it has. */
    boolean begunAnew() {
        if (begun == BEGINNINGS || !baseline.isIncomplete()) {
            return false;
        }
        begun++;
        forget();
        return true;
    }

    /**
     * Forgets the first run if a second one differs in starts only, and says whether it has. The first start of a service may find a fresh
     * database, which it brings up to date for all that come after it; only once.
     */
    boolean warmedUp(Run run) {
        Effects first = effects;
        if (warmedUp || first == null || first.differsBesidesBoots(Effects.of(run))) {
            return false;
        }
        warmedUp = true;
        forget();
        return true;
    }

    /** Forgets all runs, since those that follow are of another kind. */
    void beginAfresh() {
        begun = 1;
        warmedUp = false;
        forget();
    }

    private void forget() {
        effects = null;
        history = null;
        baseline = Baseline.taken();
    }
}
