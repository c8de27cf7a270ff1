package io.github.atleastonce.queue;

import io.github.atleastonce.channel.Delivery;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.hosted.HostedTask;
import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.hosted.TaskOwner;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.task.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of an application, which reads a queue on threads of its own. Each message that one of them receives is told of here, and the
 * thread waits until the run lets it go on; then what it does is the delivery of that message. Outside of runs everything passes.
 *
 * <p>Safe for use by several threads.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class QueueListener implements TaskOwner {

    private static final Step ACKNOWLEDGE = new Step.Acknowledge("acknowledge");

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
        private final QueueTransport transport;
        private final QueueListener listener;
        private final StoredMessage message;
        private final int deliveries;
        private final List<Part> parts = new ArrayList<>(1);
        private final Lifetime present;
        private @Nullable HostedTask task;
        private @Nullable Crash cut;
        private @Nullable Delivery delivery;
        private boolean failed;

        /** One of the messages that are in hand together. */
        private record Part(StoredMessage message, String identity) {}

        private Received(
                Run run,
                QueueTransport transport,
                QueueListener listener,
                StoredMessage message,
                String identity,
                int deliveries) {
            this.run = run;
            this.transport = transport;
            this.listener = listener;
            this.message = message;
            parts.add(new Part(message, identity));
            this.deliveries = deliveries;
            this.present = run.services().hosted();
        }

        /** Says whether the life has ended in which this was received; the thread then gives it back. */
        boolean isOfADeadLife() {
            return present.isDead();
        }

        /** Waits until the run lets the thread go on, and says whether it is a part of that. */
        private boolean arrives() {
            try {
                task = HostedTasks.of(run)
                        .suspend(
                                listener,
                                listener.queue + " " + message.label(),
                                () -> Delivery.causeOf(listener.name, message))
                        .orElse(null);
                return task != null;
            } catch (Crash crash) {
                cut = crash;
                return true;
            }
        }

        private HostedTask task() {
            if (cut != null) {
                throw cut;
            }
            return Objects.requireNonNull(task);
        }

        private boolean isDead() {
            return task == null || task.life().isDead();
        }

        /**
         * Takes a further message of the queue in hand, for a listener of batches; to be called before the delivery begins. All that is done with
         * the first is done with all.
         *
         * @param identity what the server knows it by
         * @param envelope the message
         */
        public void together(String identity, Envelope envelope) {
            parts.add(new Part(transport.known().stored(listener.queue, identity, envelope), identity));
        }

        /**
         * Begins the delivery.
         *
         * @throws Crash if the process has died meanwhile, or dies before it; the thread gives the message back then, and asks for the next
         */
        public void begin() {
            Delivery begun = new Delivery(run, task().life(), listener.name, message);
            task().begin(begun.cause());
            delivery = begun;
            begun.begin();
            others().forEach(Delivery::beginToo);
        }

        private Stream<Delivery> others() {
            return parts.stream().skip(1).map(part -> new Delivery(run, task().life(), listener.name, part.message()));
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
            Delivery present = delivery;
            if (present != null && task().isAtWork() && transport.listeners().losesAcknowledgement(present.cause())) {
                givingBack.run();
                noteAside();
                return;
            }
            acknowledge(acknowledging);
        }

        /**
         * Acknowledges the message where that cannot be lost, such as one that its server takes for handled as it delivers.
         *
         * @param acknowledging tells the server
         * @throws Exception what the server says
         * @throws Crash if the process has died, or dies right after it
         */
        public void acknowledge(Action acknowledging) throws Exception {
            boolean isStep = delivery != null && task().isAtWork();
            if (!isStep) {
                task().life().refuseIfDead();
            }
            acknowledging.run();
            gone();
            if (isStep) {
                run.steps().done(task().life(), ACKNOWLEDGE);
            }
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
            Delivery.Result result = fail(why);
            if (!run.isOver()) {
                noteAside();
            }
            if (result instanceof Delivery.Result.Failed last && last.exhausted() && transport.deliveryLimit() == 0) {
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

        /**
         * Gives the message back because its listener says so, and not because of what it has thrown.
         *
         * @param givingBack tells the server
         * @param why names what the listener has called
         * @throws Exception what the server says
         * @throws Crash if the process has died: then whoever cuts it off gives back what it has in hand
         */
        public void handBack(Action givingBack, Throwable why) throws Exception {
            task().life().refuseIfDead();
            giveBack(givingBack, why);
        }

        /**
         * Keeps the message in hand, as its listener has ended without a word to the server. Nothing more of the queue comes to it before the message is
         * acknowledged after all, or its process dies.
         *
         * @param givingBack tells the server to deliver it again, when the process dies
         * @param throwingAway tells the server that it is handled, when the run is over
         * @param why what the listener has thrown, or null
         */
        public void keep(Action givingBack, Action throwingAway, @Nullable Throwable why) {
            if (why != null) {
                fail(why);
            }
            if (!run.isOver() && !isDead()) {
                String identity = parts.get(0).identity();
                transport
                        .kept()
                        .add(new KeptInHand.Kept(
                                task().life(), listener.name, message, identity, givingBack, throwingAway));
            }
        }

        /**
         * Puts the message aside, or throws it away, since it could not be handled and is not to come again.
         *
         * @param rejecting tells the server
         * @param why what was thrown
         * @throws Exception what the server says
         * @throws Crash if the process has died
         */
        public void putAside(Action rejecting, Throwable why) throws Exception {
            task().life().refuseIfDead();
            rejecting.run();
            gone();
            if (fail(why) != null) {
                parts.forEach(
                        part -> transport.noteRejected(listener.queue, listener.name, part.message(), part.identity()));
            }
        }

        private Delivery.@Nullable Result fail(Throwable why) {
            Delivery present = delivery;
            if (present == null || isDead() || run.isOver()) {
                return null;
            }
            failed = true;
            return present.threw(why);
        }

        private void noteAside() {
            parts.forEach(part ->
                    transport.noteAside(listener.queue, listener.name, part.message(), part.identity(), deliveries));
        }

        private void gone() {
            parts.forEach(part -> transport.known().gone(listener.queue, part.identity()));
            parts.forEach(part -> transport.kept().gone(listener.queue, part.identity()));
        }

        /** Takes note that the thread asks for the next message, or ends. */
        public void leave() {
            Delivery present = delivery;
            delivery = null;
            if (present != null && !failed && !run.isOver() && !isDead()) {
                present.returned();
                others().forEach(Delivery::returned);
            }
            transport.listeners().left(this);
            if (task != null) {
                task.leave();
            }
        }

        @Override
        public String toString() {
            return message.message().title() + " in the hands of " + listener.name;
        }
    }

    /**
     * Lets this consumer take part in a run, if that takes place on queues.
     *
     * @param run the run
     */
    public void join(Run run) {
        QueueTransports.of(run)
                .declaring(queue)
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
     */
    public Optional<Received> receive(Run run, String identity, Envelope envelope, int deliveries) {
        QueueTransport transport = QueueTransports.of(run).joinedBy(this).orElse(null);
        if (transport == null) {
            return Optional.empty();
        }
        awaitNextLife(run);
        StoredMessage message = transport.known().stored(queue, identity, envelope);
        Received received = new Received(run, transport, this, message, identity, deliveries);
        transport.listeners().hold(received);
        if (received.arrives()) {
            return Optional.of(received);
        }
        transport.listeners().left(received);
        return Optional.empty();
    }

    /** A thread that comes back while its process is dead comes for the next life: else chance would say how often its message was delivered. */
    private static void awaitNextLife(Run run) {
        while (!run.isOver() && run.services().hosted().isDead()) {
            LockSupport.parkNanos(QueueListeners.POLL_NANOS);
        }
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
        return other.equals(queue) || other.startsWith(queue + " ");
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
