package io.github.atleastonce.spring;

import io.github.atleastonce.run.Guests;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows which life of the application in a context the calling thread acts for. A bean of each context of a test, under the
 * name {@value #BEAN}; for rooms that let more of an application take part. Safe for use by several threads.
 */
public final class ContextLives {

    /** The name of the bean. */
    public static final String BEAN = "io.github.atleastonce.spring.contextLives";

    private final List<Consumer<Life>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Life present;

    ContextLives() {}

    /**
     * Returns the run that goes through the context now.
     *
     * @return the run, or empty outside of runs
     */
    public Optional<Run> run() {
        return present().map(Life::run);
    }

    /**
     * Returns the present life of the application.
     *
     * @return the life, dead or alive, or empty outside of runs
     */
    public Optional<Life> present() {
        return Optional.ofNullable(present).filter(life -> !life.run().isOver());
    }

    /**
     * Returns the life that the calling thread acts for. The body of a test acts for none: what it reads for an assertion is
     * no work of the application. A thread that nobody let in acts for the present life.
     *
     * @return the life, dead or alive, or empty outside of runs and in the body of a test
     */
    public Optional<Life> here() {
        return present().flatMap(life -> life.run().isMyTurn() ? atWork(life) : Optional.of(besideTheRun(life)));
    }

    /** A guest whose life has died is on its way out, while the next life may have begun. */
    private static Life besideTheRun(Life present) {
        return present.run().guests().here().map(Guests.Visit::life).orElse(present);
    }

    /** An application is called by a service of the scenario, too. */
    private static Optional<Life> atWork(Life present) {
        return present.run().lifeAtWork().map(life -> life.service().equals(present.service()) ? life : present);
    }

    /**
     * Registers what happens when the application begins a life: the first of a run, and one after each crash.
     *
     * @param listener makes something ready for the life; called on the thread of the run
     */
    public void onBoot(Consumer<Life> listener) {
        listeners.add(listener);
    }

    void boot(Life life) {
        present = life;
        listeners.forEach(listener -> listener.accept(life));
    }
}
