package io.github.atleastonce.queue;

import io.github.atleastonce.channel.Delivery;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.hosted.HostedTask;
import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.hosted.TaskOwner;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.task.Action;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A consumer of an application, which reads a queue on threads of its own. Each message that one of them receives is told of here, and the
 * thread waits until the run lets it go on; then what it does is the delivery of that message. Outside of runs everything passes.
 *
 * <p>Safe for use by several threads.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class QueueListener implements TaskOwner {

    private static final Step ACKNOWLEDGE = Step.named("acknowledge");

    private final String name;
    private final String queue;

    /**
     * Names a consumer.
     *
     * @param name the name under which its deliveries are told, the same in every run
     * @param queue the queue that it reads
     */
    public QueueListener(String name, String queue) {
        this.name = name;
        this.queue = queue;
    }

    /** A message in the hands of a thread of the application, from when it was received until the thread asks for the next. */
    public static final class Received {

        private final Run run;
        private final QueueListener listener;
        private final HostedTask task;
        private final StoredMessage message;
        private final String identity;
        private final int deliveries;
        private final Delivery delivery;
        private boolean begun;
        private boolean failed;

        private Received(
                Run run,
                QueueListener listener,
                HostedTask task,
                StoredMessage message,
                String identity,
                int deliveries) {
            this.run = run;
            this.listener = listener;
            this.task = task;
            this.message = message;
            this.identity = identity;
            this.deliveries = deliveries;
            this.delivery = new Delivery(run, task.life(), listener.name, message);
        }

        /**
         * Begins the delivery.
         *
         * @throws Crash if the process dies before it; the thread gives the message back then, and asks for the next
         */
        public void begin() {
            task.begin(delivery.cause());
            begun = true;
            delivery.begin();
        }

        /**
         * Acknowledges the message, unless the acknowledgement is lost: then it comes again.
         *
         * @param acknowledging tells the server
         * @param givingBack tells the server to deliver it again
         * @throws Exception what the server says
         * @throws Crash if the process has died, or dies right after it
         */
        public void acknowledge(Action acknowledging, Action givingBack) throws Exception {
            if (!task.isAtWork()) {
                task.life().refuseIfDead();
                acknowledging.run();
                gone();
                return;
            }
            QueueTransport transport = transport(run);
            if (transport.listeners().losesAcknowledgement(delivery.cause())) {
                givingBack.run();
                transport.noteAside(listener.queue, listener.name, message, identity, deliveries);
                return;
            }
            acknowledging.run();
            gone();
            run.steps().done(task.life(), ACKNOWLEDGE);
        }

        /**
         * Gives the message back, since it could not be handled or the process has died.
         *
         * @param givingBack tells the server
         * @param why what was thrown
         * @throws Exception what the server says
         */
        public void giveBack(Action givingBack, Throwable why) throws Exception {
            givingBack.run();
            boolean dead = task.life().isDead();
            if (!dead && begun && !run.isOver()) {
                failed = true;
                Delivery.Result result = delivery.threw(why);
                refuseToGoOn(result);
            }
            if (!run.isOver()) {
                transport(run).noteAside(listener.queue, listener.name, message, identity, deliveries);
            }
        }

        /**
         * Puts the message aside, or throws it away, since it could not be handled and is not to come again.
         *
         * @param rejecting tells the server
         * @param why what was thrown
         * @throws Exception what the server says
         */
        public void putAside(Action rejecting, Throwable why) throws Exception {
            task.life().refuseIfDead();
            rejecting.run();
            gone();
            if (begun && !run.isOver()) {
                failed = true;
                delivery.threw(why);
                transport(run).noteRejected(listener.queue, listener.name, message, identity);
            }
        }

        private void gone() {
            transport(run).known().gone(listener.queue, identity);
        }

        private void refuseToGoOn(Delivery.Result result) {
            if (result instanceof Delivery.Result.Failed last && last.exhausted() && limit(run) == 0) {
                leave();
                HostedTasks.of(run)
                        .giveUp(
                                listener,
                                listener.queue,
                                last.fatal("The consumer '" + listener.name + "' threw " + last.attempt()
                                        + " times (maxAttempts) for "
                                        + message.message().title() + ", and '" + listener.queue
                                        + "' puts nothing aside"));
            }
        }

        /** Takes note that the thread asks for the next message, or ends. */
        public void leave() {
            if (begun && !failed && !run.isOver() && !task.life().isDead()) {
                delivery.returned();
            }
            begun = false;
            task.leave();
        }
    }

    /**
     * Lets this consumer take part in a run, if that takes place on queues.
     *
     * @param run the run
     */
    public void join(Run run) {
        run.belonging(QueueTransport.class)
                .filter(transport -> transport.declares(queue))
                .ifPresent(transport -> transport.listeners().add(this));
    }

    /**
     * Takes note that the calling thread has received a message, and waits until the run lets it go on.
     *
     * @param run the run
     * @param identity what the server knows the message by
     * @param envelope the message
     * @param deliveries how often it was delivered, this time included; 0 if the server does not say
     * @return the message in hand, or empty if it is no part of the run
     * @throws Crash if the process has died meanwhile
     */
    public Optional<Received> receive(Run run, String identity, Envelope envelope, int deliveries) {
        QueueTransport transport = run.belonging(QueueTransport.class).orElse(null);
        if (transport == null || !HostedTasks.of(run).areOf(name)) {
            return Optional.empty();
        }
        StoredMessage message = transport.known().stored(queue, identity, envelope);
        return HostedTasks.of(run)
                .suspend(
                        this,
                        queue + " " + message.label(),
                        () -> new Delivery(run, run.services().hosted(), name, message).cause())
                .map(task -> new Received(run, this, task, message, identity, deliveries));
    }

    private static QueueTransport transport(Run run) {
        return run.belonging(QueueTransport.class).orElseThrow();
    }

    private static int limit(Run run) {
        return transport(run).deliveryLimit();
    }

    String queue() {
        return queue;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean reads(String channel) {
        return queue.equals(channel);
    }

    @Override
    public boolean comesForBoth(String place, String other) {
        return queue.equals(other);
    }

    /** A thread that is cut off gives back what it has in hand and asks for the next message, as the next life does. */
    @Override
    public void cut() {
        // Nothing has to be stopped.
    }

    @Override
    public boolean isCut() {
        return false;
    }
}
