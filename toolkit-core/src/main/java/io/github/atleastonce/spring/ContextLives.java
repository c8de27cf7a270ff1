package io.github.atleastonce.spring;

import io.github.atleastonce.hosted.FollowedTasks;
import io.github.atleastonce.hosted.HostedTask;
import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.log.CrashLogs;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiConsumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Knows which life of the application in a context the calling thread acts for. A bean of each context of a test, under the
 * name {@value #BEAN}; for rooms that let more of an application take part. Safe for use by several threads.
 */
@API(status = API.Status.INTERNAL)
public final class ContextLives {

    /** The name of the bean. */
    public static final String BEAN = "io.github.atleastonce.spring.contextLives";

    /** A life of the application, and the run that it is part of. */
    private record Present(Run run, Lifetime life) {}

    private final List<BiConsumer<Run, Lifetime>> listeners = new CopyOnWriteArrayList<>();
    private final Set<Fault> faults = new CopyOnWriteArraySet<>();
    private final Clockwork clockwork = new Clockwork();
    private volatile @Nullable Present present;
    private volatile boolean isOfOneLife;

    ContextLives() {}

    /** Says what is done by the clock, and when it is not. */
    Clockwork clockwork() {
        return clockwork;
    }

    /**
     * Returns the run that goes through the context now.
     *
     * @return the run, or empty outside of runs
     */
    public Optional<Run> run() {
        return now().map(Present::run);
    }

    /**
     * Returns the present life of the application.
     *
     * @return the life, dead or alive, or empty outside of runs
     */
    public Optional<Lifetime> present() {
        return now().map(Present::life);
    }

    private Optional<Present> now() {
        return Optional.ofNullable(present).filter(now -> !now.run().isOver());
    }

    /**
     * Returns the life that the calling thread acts for. The body of a test acts for none: what it reads for an assertion is
     * no work of the application. A thread that takes no part acts for the present life.
     *
     * @return the life, dead or alive, or empty outside of runs and in the body of a test
     */
    public Optional<Lifetime> here() {
        return now().flatMap(now -> now.run().current().isHere() ? atWork(now) : Optional.of(besideTheRun(now)));
    }

    /** A task whose life has died is on its way out, while the next life may have begun. */
    private static Lifetime besideTheRun(Present now) {
        return FollowedTasks.of(now.run())
                .lifeHere()
                .or(() -> HostedTasks.of(now.run()).here().map(HostedTask::life))
                .orElse(now.life());
    }

    /** An application is called by a service of the scenario, too. */
    private static Optional<Lifetime> atWork(Present now) {
        return now.run()
                .current()
                .life()
                .map(life -> life.service().equals(now.life().service()) ? life : now.life());
    }

    /**
     * Registers what happens when the application begins a life: the first of a run, and one after each crash. In a context that lives one life only
     * it has begun already.
     *
     * @param listener makes something ready for the life; called on the thread of the run
     */
    public void onBoot(BiConsumer<Run, Lifetime> listener) {
        listeners.add(listener);
        if (isOfOneLife) {
            now().ifPresent(now -> listener.accept(now.run(), now.life()));
        }
    }

    /**
     * Says whether the context lives one life only, since it was started for it.
     *
     * @return false if lives of its application follow each other in it
     */
    public boolean isOfOneLife() {
        return isOfOneLife;
    }

    /**
     * Takes note that a fault is possible in this context, for rooms that let more of an application take part.
     *
     * @param fault the fault
     */
    public void offer(Fault fault) {
        faults.add(fault);
    }

    /** Names what is possible in this context beyond its data sources. */
    Set<Fault> faults() {
        return faults;
    }

    void boot(Run run, Lifetime life) {
        begin(run, life);
        listeners.forEach(listener -> listener.accept(run, life));
    }

    /** Begins the only life of this context, before it starts. */
    void beginOnly(Run run, Lifetime life) {
        isOfOneLife = true;
        begin(run, life);
    }

    private void begin(Run run, Lifetime life) {
        CrashLogs.quieten();
        clockwork.stopFor(life, run.bounds());
        present = new Present(run, life);
    }
}
