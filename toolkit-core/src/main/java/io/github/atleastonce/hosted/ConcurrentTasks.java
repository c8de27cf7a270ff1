package io.github.atleastonce.hosted;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.schedule.Option;
import io.github.atleastonce.task.Contention;
import java.util.List;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads of a hosted application begin beside the one that is at work: those that have come with it, and those of owners that have nothing to do, when
 * a transport delivers something to them.
 */
@API(status = API.Status.INTERNAL)
public final class ConcurrentTasks {

    private final Run run;
    private final HostedTasks tasks;

    ConcurrentTasks(Run run, HostedTasks tasks) {
        this.run = run;
        this.tasks = tasks;
    }

    /** Offers that threads begin which have come already. */
    void offer(Consumer<Offer> offers) {
        for (HostedTask task : tasks.beside()) {
            offers.accept(offer(task.what(), () -> tasks.let(task)));
        }
    }

    /**
     * Names the owners that read a channel and whose thread for a place has nothing to do, so that what is delivered there now is handled at once.
     *
     * @param channel the channel's name
     * @param place the place, such as a partition of the channel
     * @return the names, in order
     */
    public List<String> idle(String channel, String place) {
        return tasks.idle(place).stream()
                .filter(owner -> owner.reads(channel))
                .map(TaskOwner::name)
                .sorted()
                .toList();
    }

    /**
     * Offers that something is delivered to an idle owner, and that its thread handles it beside the one that is at work.
     *
     * @param what the cause of what the thread does
     * @param owner the owner's name
     * @param place where it is delivered
     * @param delivery delivers it
     * @return what to offer
     */
    public Offer offer(Cause what, String owner, String place, Runnable delivery) {
        return offer(what, () -> {
            HostedTask task = uninterrupted(owner, place, delivery);
            if (task != null) {
                tasks.let(task);
            }
        });
    }

    /** Nobody at work goes on before the thread has come, however long a delivery takes. */
    private @Nullable HostedTask uninterrupted(String owner, String place, Runnable delivery) {
        try {
            return (HostedTask) run.current().tasks().perform(Contention.NONE, () -> {
                delivery.run();
                return tasks.await(owner, place);
            });
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable checked) {
            throw new IllegalStateException(checked);
        }
    }

    private static Offer offer(Cause what, Runnable effect) {
        return new Offer(new Option(Fault.CONCURRENT, what.name(), () -> what.title() + " at the same time"), effect);
    }
}
