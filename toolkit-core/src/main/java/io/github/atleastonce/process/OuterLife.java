package io.github.atleastonce.process;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A life that is a process of its own: what runs in it ends first, and then its entrances are closed, so that nothing of it can react to
 * their end. Safe for use by several threads.
 */
@API(status = API.Status.INTERNAL)
public final class OuterLife {

    private final Run run;
    private final Lifetime life;
    private final OuterLives lives;
    private @Nullable Process process;
    private Runnable kill = () -> {};
    private volatile boolean starting;
    private final List<Runnable> closings = new ArrayList<>(2);
    private final List<BooleanSupplier> entrances = new ArrayList<>(2);
    private final List<Poll> polls = new CopyOnWriteArrayList<>();

    OuterLife(Run run, Lifetime life, OuterLives lives) {
        this.run = run;
        this.life = life;
        this.lives = lives;
        life.onDeath(this::end);
    }

    /**
     * Returns what a life is outside of this JVM.
     *
     * @param life the life
     * @return the same for each call
     * @throws UsageException if it is the life of a node
     */
    public static OuterLife of(Life life) {
        Run run = Run.of(life);
        Lifetime lifetime = Run.lifetime(life);
        if (lifetime.isNode()) {
            throw run.history()
                    .caveats()
                    .refuse(
                            new UsageException(
                                    "'" + lifetime.service()
                                            + "' is one of several nodes, which live in the JVM of the test: boot a process, and what has an entrance, by scenario.service."));
        }
        return OuterLives.of(run).of(run, lifetime);
    }

    /** {@return the run that it is part of} */
    public Run run() {
        return run;
    }

    /** {@return whose life it is} */
    public Lifetime lifetime() {
        return life;
    }

    /**
     * Adds an entrance.
     *
     * @param used says whether somebody has come by it
     * @param close closes it when the process has been killed, and returns when nothing that came by it can have an effect any more; must not throw
     */
    public synchronized void entrance(BooleanSupplier used, Runnable close) {
        entrances.add(used);
        closings.add(close);
    }

    /**
     * Tells the run of a step that this life has just done, and waits for what comes of it. Called on threads of entrances.
     *
     * @param effect whether others can see what it did
     * @param step tells the history of it, on the thread of the run, and returns it
     * @return false if the life has ended
     */
    public boolean stepped(boolean effect, Supplier<Step> step) {
        return lives.stepped(run, life, effect, step);
    }

    /** Lets this life do something by itself until it is over. */
    void attend(Runnable begin, BooleanSupplier over) {
        lives.attend(life, begin, over);
    }

    void add(Poll poll) {
        polls.add(poll);
    }

    /** Waits until what its polls did by themselves is over. */
    void awaitPolls() {
        polls.forEach(Poll::awaitLoose);
    }

    /** Says whether the run is at work in this life. */
    boolean isAtWork() {
        return run.current().life().filter(life::equals).isPresent();
    }

    /** Says whether what it does by itself has to wait for the run. */
    boolean isAttendedTo() {
        return starting || lives.isAttendedTo();
    }

    /** Takes note that its process has been started: what it does by itself has waited meanwhile. */
    void hasStarted() {
        lives.started();
        starting = false;
    }

    /** Takes the process that it is, and what ends that at once. */
    synchronized void runs(Process present, Runnable killing) {
        starting = true;
        process = present;
        kill = killing;
    }

    /** Says whether its process has ended though nobody has ended it. */
    synchronized boolean hasEnded() {
        return process != null && !life.isDead() && !process.isAlive();
    }

    /** Ends the life as its process has ended. */
    void tellEnd() {
        Process ended;
        synchronized (this) {
            ended = process;
        }
        int status = ended == null ? 0 : ended.exitValue();
        run.history()
                .caveats()
                .remark("the process of '" + life.service() + "' ended by itself with status " + status
                        + ", and was started again");
        life.fail("by itself, with status " + status);
    }

    /** Says whether somebody has come by one of the entrances, or there is none. */
    synchronized boolean isInUse() {
        return entrances.isEmpty() || entrances.stream().anyMatch(BooleanSupplier::getAsBoolean);
    }

    void end() {
        List<Runnable> all;
        synchronized (this) {
            all = new ArrayList<>(List.of(kill));
            all.addAll(closings);
        }
        all.forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return life.toString();
    }
}
