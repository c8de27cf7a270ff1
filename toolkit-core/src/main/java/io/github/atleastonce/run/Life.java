package io.github.atleastonce.run;

import io.github.atleastonce.history.Part;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.state.Looks;
import io.github.atleastonce.task.Action;
import io.github.atleastonce.task.Fences;
import io.github.atleastonce.task.ThrowingRunnable;
import io.github.atleastonce.task.ThrowingSupplier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One life of a service: from a boot to a crash or to the end of the run. The lambda that boots the service gets it, and
 * plugs the service into the world through it. After a crash the next life gets a new one, and every call on the old one is
 * refused with the {@link Crash} that ended it.
 *
 * <p>Statics of the service's classes survive, since the JVM does. Used on the thread of the test only.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Life {

    private final Run run;
    private final Lifetime lifetime;

    Life(Run run, Lifetime lifetime) {
        this.run = run;
        this.lifetime = lifetime;
    }

    Run run() {
        return run;
    }

    Lifetime lifetime() {
        return lifetime;
    }

    /** {@return the name of the service that lives} */
    public String service() {
        return lifetime.service();
    }

    /** {@return which life of the service this is, from 1} */
    public int number() {
        run.belonging(Looks.class, any -> new Looks()).at("life.number()");
        return lifetime.number();
    }

    /**
     * Subscribes to a channel. Messages whose payload is of another type pass by. All lives of a service share one position;
     * so do several subscriptions of one service to one channel.
     *
     * @param channel the channel's name
     * @param type the type of payload to handle, or {@code Message.class} for whole messages
     * @param handler handles the messages; returning acknowledges
     * @param <T> the type of payload
     */
    public <T> void subscribe(String channel, Class<T> type, Handler<T> handler) {
        lifetime.refuseIfDead();
        Ports carrier = run.activities().carrierOf(channel);
        if (lifetime.isNode() && !carrier.hasGroups()) {
            throw run.history()
                    .caveats()
                    .refuse(new UsageException(
                            "'" + lifetime.service() + "' is one of several nodes, which share the partitions of '"
                                    + channel + "' in memory and on Kafka only: boot it by scenario.service here."));
        }
        carrier.subscribe(lifetime, channel, type, handler);
        run.history().has(new Part.Subscription(lifetime.service(), channel));
    }

    /**
     * Sends a message without a key; an I/O step.
     *
     * @param channel the channel's name
     * @param payload the content
     * @throws SendFailedException if a fault says that it was not acknowledged
     */
    public void send(String channel, Object payload) {
        send(channel, null, payload);
    }

    /**
     * Sends a message and returns when it is durable; an I/O step.
     *
     * @param channel the channel's name
     * @param key the ordering key, or null
     * @param payload the content, or null for a tombstone
     * @throws SendFailedException if a fault says that it was not acknowledged
     */
    public void send(String channel, @Nullable String key, @Nullable Object payload) {
        run.sends().send(lifetime, channel, key, payload);
    }

    /**
     * Hands a message over and returns before it is durable, as the asynchronous send of a broker's client does: two I/O steps. It becomes
     * durable when somebody waits for the future, at the latest when the present handler, attempt or tick has returned;
     * dependent actions run then. A crash in between loses it.
     *
     * @param channel the channel's name
     * @param key the ordering key, or null
     * @param payload the content, or null for a tombstone
     * @return completes when the message is durable, or with a {@link SendFailedException}
     */
    public CompletableFuture<@Nullable Void> sendAsync(String channel, @Nullable String key, @Nullable Object payload) {
        return run.sends().sendLater(lifetime, channel, key, payload);
    }

    /**
     * Registers something that looks for work again and again, such as an outbox relay. It is ticked when all else is
     * quiet, until it finds nothing, and costs no time.
     *
     * @param name the poller's name, for stories and tokens
     * @param tick looks once, and returns whether it found work
     */
    public void poll(String name, BooleanSupplier tick) {
        lifetime.refuseIfDead();
        run.pollers().add(lifetime, name, tick);
    }

    /**
     * Runs an action once the clock of the run has moved far enough; a crash forgets it. The clock moves only by a DELAY or
     * by the body's {@code elapse}.
     *
     * @param delay after how long
     * @param action what to do
     * @return cancels the timer when it is run
     */
    public Runnable after(Duration delay, Action action) {
        lifetime.refuseIfDead();
        return run.timers().after(delay, lifetime, action);
    }

    /** {@return the clock of the run} */
    public InstantSource clock() {
        return run.clock();
    }

    /**
     * Instruments a data source for this life: each statement, commit and rollback is an I/O step, and a crash aborts every
     * connection before anything else can happen. The data source itself may be a pool, or a pool may be laid over the result.
     *
     * @param bare the data source of the database; it outlives this life
     * @return what the service is to use
     */
    public DataSource dataSource(DataSource bare) {
        lifetime.refuseIfDead();
        return DataSourceInstrumentation.PRESENT.instrument(run, lifetime, bare);
    }

    /**
     * Marks that an I/O step was just done. The process may die right after it.
     *
     * @param name what kind of step, for example {@code commit}; the same for the same step in each run
     */
    public void step(String name) {
        begin(name);
        run.steps().done(lifetime, Step.named(name));
    }

    /**
     * Does an I/O step that gives a result. The process may die right after it.
     *
     * @param name what kind of step, for example {@code insert order}
     * @param io the step; it must be done, or have failed, when it returns
     * @param <T> the type of the result
     * @param <X> what the step may throw
     * @return what the step gave
     * @throws X what the step threw
     */
    public <T extends @Nullable Object, X extends Exception> T step(String name, ThrowingSupplier<T, X> io) throws X {
        begin(name);
        T result = io.get();
        step(name);
        return result;
    }

    /**
     * Does an I/O step. The process may die right after it.
     *
     * @param name what kind of step, for example {@code commit}
     * @param io the step; it must be done, or have failed, when it returns
     * @param <X> what the step may throw
     * @throws X what the step threw
     */
    public <X extends Exception> void step(String name, ThrowingRunnable<X> io) throws X {
        begin(name);
        io.run();
        step(name);
    }

    private void begin(String step) {
        lifetime.refuseIfDead();
        run.current().refuseElsewhere(lifetime, () -> step);
    }

    /**
     * Registers what cuts this life off from the world. Fences run first when the life dies, before anything is thrown, so
     * that no cleanup of the application can still reach the outside. One that throws keeps no other from running, and fails the test.
     *
     * @param fence closes or aborts a resource
     */
    public void onDeath(Runnable fence) {
        lifetime.onDeath(Fences.guarded(
                fence,
                failure -> run.history()
                        .caveats()
                        .refuse(new UsageException(
                                "What '" + service()
                                        + "' gave to life.onDeath(…) failed, so that it may not have been cut off: "
                                        + failure,
                                failure))));
    }

    /** {@return whether this life has ended} */
    public boolean isDead() {
        return lifetime.isDead();
    }

    @Override
    public String toString() {
        return lifetime.toString();
    }
}
