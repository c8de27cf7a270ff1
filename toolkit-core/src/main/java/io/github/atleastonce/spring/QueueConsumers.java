package io.github.atleastonce.spring;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.queue.QueueListener;
import io.github.atleastonce.queue.QueueServer;
import io.github.atleastonce.queue.Received;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * The consumers that a context has on threads of its own, such as the containers of its listeners, and the queues that they read. Whoever sees what they receive and send, by a proxy or an
 * advice, tells it here; so they take part in the runs that go through the context.
 *
 * <pre>{@code
 * public final class Listeners implements ContextExtension {
 *     public void extend(ConfigurableApplicationContext context) {
 *         var consumers = QueueConsumers.of(context, Listeners::queuesOf);
 *         context.getBeanFactory().addBeanPostProcessor(new Advising(consumers));
 *     }
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class QueueConsumers {

    private final ApplicationContext context;
    private final ContextLives lives;
    private final Map<String, QueueListener> byQueue = new ConcurrentHashMap<>();

    private QueueConsumers(ApplicationContext context, ContextLives lives) {
        this.context = context;
        this.lives = lives;
    }

    /**
     * Lets the consumers of a context take part. All passes in a context that takes part in no run.
     *
     * @param context the context, before its beans are made
     * @param queues names the queues that they read; asked when the application begins a life, so what it throws fails the run
     * @return whom to tell what they receive
     */
    public static QueueConsumers of(
            ConfigurableApplicationContext context, Function<ApplicationContext, ? extends Collection<String>> queues) {
        ContextLives lives = (ContextLives) context.getBeanFactory().getSingleton(ContextLives.BEAN);
        if (lives == null) {
            return new QueueConsumers(context, new ContextLives());
        }
        QueueConsumers consumers = new QueueConsumers(context, lives);
        context.addApplicationListener((ApplicationListener<ContextRefreshedEvent>) refreshed -> {
            if (refreshed.getApplicationContext() == context) {
                lives.onBoot((run, life) -> consumers.join(run, queues.apply(context)));
            }
        });
        return consumers;
    }

    private void join(Run run, Collection<String> queues) {
        if (lives.isOfOneLife()) {
            // Their threads come for whatever life the application of the test has.
            return;
        }
        queues.forEach(queue -> listener(queue).join(run));
    }

    private QueueListener listener(String queue) {
        return byQueue.computeIfAbsent(queue, any -> new QueueListener(SpringTest.name(context), queue));
    }

    /**
     * Takes note that the calling thread has received a message, and waits until the run lets it go on.
     *
     * @param queue the queue that the message comes from
     * @param hand the message
     * @return the message in hand; empty if a run that is over has left it behind: then it is gone, and the thread asks for the next
     */
    public Optional<Received> receive(String queue, QueueServer.InHand hand) {
        QueueListener listener = listener(queue);
        Run run = lives.run().orElse(null);
        return run == null ? listener.receive(hand) : listener.receive(run, hand);
    }

    /**
     * Takes note that the application itself puts a message into a queue, which is waited for from now on: servers count late. Does nothing outside of runs.
     *
     * @param queue the queue; nothing happens if it is none of the run's
     * @param identity what the server knows the message by
     */
    public void sent(String queue, String identity) {
        lives.run().ifPresent(run -> QueueListener.sent(run, queue, identity));
    }

    /**
     * Says that all that the application sends goes by {@link #send}: so SEND_FAILED and SEND_UNCERTAIN are possible.
     *
     * @return this
     */
    public QueueConsumers seeSends() {
        lives.offer(Fault.SEND_FAILED);
        lives.offer(Fault.SEND_UNCERTAIN);
        return this;
    }

    /**
     * Sends, as a step of whoever is at work; a life that has died sends nothing.
     *
     * @param queue the queue
     * @param sending sends
     * @param unanswered what the client throws when nobody has answered it in time
     * @param <T> what sending returns
     * @return what sending returns
     * @throws Exception what sending throws, or that nobody has answered
     */
    public <T extends @Nullable Object> T send(
            String queue, Callable<T> sending, Supplier<? extends Exception> unanswered) throws Exception {
        Lifetime life = lives.here().orElse(null);
        Run run = lives.run().orElse(null);
        if (life == null || run == null || !run.current().isFollowed()) {
            return sending.call();
        }
        life.refuseIfDead();
        Fault fault = run.sends().fault(queue).orElse(null);
        if (fault == Fault.SEND_FAILED) {
            throw unanswered.get();
        }
        T sent = sending.call();
        if (fault != null) {
            throw unanswered.get();
        }
        run.steps().done(life, new Step.Send(queue));
        return sent;
    }
}
