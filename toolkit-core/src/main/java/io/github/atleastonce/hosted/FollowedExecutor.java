package io.github.atleastonce.hosted;

import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** An executor whose work is followed, if a life of the run hands it over; other work passes by. Safe for use by several threads. */
@API(status = API.Status.INTERNAL)
public final class FollowedExecutor extends AbstractExecutorService {

    private final Run run;
    private final ExecutorService bare;

    /**
     * Lays itself over an executor.
     *
     * @param run the run
     * @param bare the executor, whose threads do the work
     */
    public FollowedExecutor(Run run, ExecutorService bare) {
        this.run = run;
        this.bare = bare;
    }

    @Override
    public void execute(Runnable work) {
        FollowedTasks.of(run).lifeHere().ifPresent(Lifetime::refuseIfDead);
        Lifetime life = run.current().isFollowed() ? run.current().life().orElse(null) : null;
        if (life == null) {
            bare.execute(work);
            return;
        }
        life.refuseIfDead();
        FollowedTasks.of(run).<@Nullable Void>execute(life, work, instead -> {
            bare.execute(instead);
            return null;
        });
    }

    @Override
    public void shutdown() {
        bare.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return bare.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return bare.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return bare.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return bare.awaitTermination(timeout, unit);
    }
}
