package io.github.atleastonce.scenario;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.MessageChannel;
import io.github.atleastonce.channel.Transport;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.channel.Transports;
import io.github.atleastonce.explore.Varying;
import io.github.atleastonce.history.Attempt;
import io.github.atleastonce.history.History;
import io.github.atleastonce.hosted.FollowedExecutor;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.node.Nodes;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.Service;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.state.Looks;
import io.github.atleastonce.task.Action;
import io.github.atleastonce.task.ThrowingConsumer;
import io.github.atleastonce.task.ThrowingRunnable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a test body acts on. It belongs to one run and to the thread of the test.
 *
 * <pre>{@code
 * @FaultTest
 * void reservesCreditOnce(Scenario scenario) {
 *     scenario.consumer("customers", "orders", OrderCreated.class, customers::on);
 *     scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
 *     scenario.settle();
 *     assertThat(customers.credit("c-1")).isEqualTo(70);
 * }
 * }</pre>
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Scenario {

    private final Run run;
    private final List<Transport> transports;

    private Scenario(Run run, List<Transport> transports) {
        this.run = run;
        this.transports = transports;
    }

    /**
     * Opens the scenario of a run.
     *
     * @param run the run
     * @param factory makes the transport
     * @return the scenario
     */
    public static Scenario open(Run run, TransportFactory factory) {
        return open(run, Transports.of(List.of(factory)));
    }

    /**
     * Opens the scenario of a run on several transports.
     *
     * @param run the run
     * @param transports makes them
     * @return the scenario
     */
    public static Scenario open(Run run, Transports transports) {
        return new Scenario(run, transports.open(run));
    }

    Transport carrierOf(String channel) {
        if (transports.size() == 1) {
            return transports.get(0);
        }
        Object carrier = run.carrierOf(channel);
        return transports.stream()
                .filter(transport -> transport == carrier)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Returns a channel to send to.
     *
     * @param name the channel's name
     * @return the channel
     */
    public MessageChannel channel(String name) {
        return carrierOf(Given.present(name, "scenario.channel wants a name")).channel(name);
    }

    /**
     * Declares what a channel is like, and returns it. In memory only: a broker's topics are what they are.
     *
     * @param name the channel's name
     * @param options partitions, ordering, dead letter channel
     * @return the channel
     * @throws UsageException if the channel is in use already
     */
    public MessageChannel channel(String name, ChannelOptions options) {
        Transport transport = carrierOf(Given.present(name, "scenario.channel wants a name"));
        transport.declare(name, Given.present(options, "scenario.channel wants options"));
        return transport.channel(name);
    }

    /**
     * Boots a service. The lambda runs again for every new life; what outlives a crash, such as a database, belongs outside
     * of it.
     *
     * @param name the service's name, for tokens and stories
     * @param boot makes the service, plugged into the world through its life
     * @param <T> the type of the service's front door
     * @return a handle that reaches the service of the present life
     */
    public <T> Service<T> service(String name, Function<Life, T> boot) {
        Service<T> service = run.service(
                Given.present(name, "scenario.service wants a name"),
                Given.present(boot, "scenario.service wants a lambda that boots it"));
        run.moments().returned(() -> "boot");
        return service;
    }

    /**
     * Boots several nodes of a service, {@code credit#1}, {@code credit#2} and so on. The lambda runs for each of them, and again for every new life of each, so
     * that each has a memory of its own and dies alone. In memory they are the members of one consumer group: a partition belongs to one of them, and goes
     * to the others when that dies or falls out of the group, until all is quiet. A channel with fewer partitions than nodes leaves some of them idle.
     *
     * @param name the name of the service; that of a node is followed by its number
     * @param count how many nodes, from 1 to 9
     * @param boot makes a node, plugged into the world through its life
     * @param <T> the type of a node's front door
     * @return a handle for each node, in order
     * @throws UsageException if the count is another one
     */
    public <T> List<Service<T>> nodes(String name, int count, Function<Life, T> boot) {
        return Nodes.boot(
                run,
                Given.present(name, "scenario.nodes wants a name"),
                count,
                Given.present(boot, "scenario.nodes wants a lambda that boots each"));
    }

    /**
     * Boots a service that is no more than one handler. Each life has the same one: what it keeps outlives its crashes, as a database
     * does, and the claim says so. A service with a memory of its own is booted by {@link #service}.
     *
     * @param name the service's name, for tokens and stories
     * @param channel the channel that it reads
     * @param type the type of payload that it handles
     * @param handler handles the messages
     * @param <T> the type of payload
     */
    public <T> void consumer(String name, String channel, Class<T> type, Handler<T> handler) {
        Given.present(name, "scenario.consumer wants a name");
        Given.present(channel, "scenario.consumer wants a channel");
        Given.present(type, "scenario.consumer wants a type of payload");
        Given.present(handler, "scenario.consumer wants a handler");
        if (run.faults().wants(Fault.CRASH)) {
            run.history().caveats().remark("memory of '" + name + "' outlives its crashes (no boot)");
        }
        run.service(name, life -> {
            life.subscribe(channel, type, handler);
            return life;
        });
    }

    /**
     * Lets a service do something that a crash may cut at any I/O step.
     *
     * @param service the service
     * @param action what its present life does
     * @param <T> the type of the service's front door
     * @param <X> what the action may throw
     * @return how it ended; after a cut only relations may be asserted
     * @throws X what the action threw, if no fault had been injected into it
     */
    public <T, X extends Exception> Attempt attempt(Service<T> service, ThrowingConsumer<? super T, X> action)
            throws X {
        Given.present(service, "scenario.attempt wants a service");
        Given.present(action, "scenario.attempt wants an action");
        return attempted(service, () -> action.accept(service.get()));
    }

    /**
     * Lets the only service of this scenario do something that a crash may cut at any I/O step; among several, the application that a
     * framework of the test has started.
     *
     * @param action what is tried
     * @param <X> what the action may throw
     * @return how it ended; after a cut only relations may be asserted
     * @throws X what the action threw, if no fault had been injected into it
     * @throws UsageException if there are several services or none, and no such application
     */
    public <X extends Exception> Attempt attempt(ThrowingRunnable<X> action) throws X {
        return attempted(run.services().only(), Given.present(action, "scenario.attempt wants an action"));
    }

    /** Lets the moments before and after it be known. */
    private <X extends Exception> Attempt attempted(Service<?> service, ThrowingRunnable<X> action) throws X {
        run.moments().reached("attempt");
        Supplier<String> result = () -> "";
        try {
            Attempt attempt = run.attempt(service, action);
            result = () -> attempt.result() + said(attempt.failure());
            return attempt;
        } catch (Throwable failure) {
            result = () -> "threw" + said(failure);
            throw failure;
        } finally {
            run.moments().returned(result);
        }
    }

    /** Tells a failure without what is another in each run. */
    private static String said(@Nullable Throwable failure) {
        return failure == null ? "" : " " + Varying.masked(String.valueOf(failure));
    }

    /**
     * Claims something that must hold at every moment: it is checked after each delivery, attempt and crash, on what is
     * committed then.
     *
     * @param claim throws, as an assertion does, if it does not hold
     */
    public void always(Action claim) {
        run.claims().add(Given.present(claim, "scenario.always wants a claim"));
    }

    /**
     * Lets everything be delivered, handled, confirmed and retried until all is quiet.
     *
     * @throws io.github.atleastonce.run.NotSettledException if it does not come to rest within its bound
     */
    public void settle() {
        try {
            run.settle();
        } catch (RuntimeException | Error failure) {
            run.belonging(Looks.class, any -> new Looks()).at("a settle() that fails");
            throw failure;
        }
        run.moments().returned(() -> "settled");
    }

    /**
     * Moves the clock and fires the timers that become due. What they send arrives with the next {@link #settle()}.
     *
     * @param time how far
     */
    public void elapse(Duration time) {
        Given.present(time, "scenario.elapse wants a duration");
        try {
            run.elapse(time);
        } catch (RuntimeException | Error failure) {
            run.belonging(Looks.class, any -> new Looks()).at("an elapse(…) that fails");
            throw failure;
        }
        run.moments().returned(() -> "elapsed");
    }

    /**
     * Lets the work that services hand over to an executor be part of the run: it is done in {@link #settle()}, or when somebody waits for it, one
     * piece at a time, and what it does are steps at which a crash may cut it. The life that has handed it over takes what has not been done with it when it dies.
     *
     * @param executor the executor, whose threads do the work; it outlives the run
     * @return what the services are to use
     */
    public ExecutorService follow(ExecutorService executor) {
        return new FollowedExecutor(run, Given.present(executor, "scenario.follow wants an executor"));
    }

    /**
     * Brings state that the runs share back to its beginning, undisturbed by faults.
     *
     * @param action for example the truncation of tables
     */
    public void reset(Action action) {
        run.faults().without(Given.present(action, "scenario.reset wants an action"));
    }

    /**
     * Returns the clock of this run; it moves only by a DELAY or by {@link #elapse}.
     *
     * @return the source of the present instant
     */
    public InstantSource clock() {
        return run.clock();
    }

    /**
     * Returns what happened so far.
     *
     * @return the live history
     */
    public History history() {
        run.belonging(Looks.class, any -> new Looks()).at("scenario.history()");
        return run.history();
    }

    Run run() {
        return run;
    }
}
