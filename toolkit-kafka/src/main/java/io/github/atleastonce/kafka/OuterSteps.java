package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.kafka.proxy.Verdict;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.task.Action;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What processes do, of which the run learns by the proxy: a life that dies in it has the turn no more. Guarded by whoever has it. */
final class OuterSteps {

    private final Run run;
    private final WireLives lives;
    private final PresentTurn turn;
    private final UntoldCommits untold;
    private @Nullable Lifetime alone;

    OuterSteps(Run run, WireLives lives, PresentTurn turn, UntoldCommits untold) {
        this.run = run;
        this.lives = lives;
        this.turn = turn;
        this.untold = untold;
    }

    /** Takes note of who does something by itself, on the thread of the run, or that nobody does any more. */
    void actsAlone(@Nullable Lifetime life) {
        alone = life;
    }

    @Nullable
    Lifetime alone() {
        return alone;
    }

    /** Takes note of a step that is done; says whether the life goes on. */
    Verdict done(Lifetime life, Cause why, Supplier<Step> step) {
        return perform(life, why, () -> run.steps().done(life, step.get()));
    }

    /** Says whether a life goes on that is about to be given records; whoever is no process does. */
    Verdict given(@Nullable Lifetime life, Cause why) {
        return life == null
                ? Verdict.PASS
                : perform(life, why, () -> run.steps().mayDieBefore(life));
    }

    private Verdict perform(Lifetime life, Cause why, Action work) {
        if (lives.perform(life, why, work)) {
            return Verdict.PASS;
        }
        untold.forgetDead(lives);
        turn.lose();
        return Verdict.CUT;
    }
}
