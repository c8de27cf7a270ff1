package io.github.atleastonce.queue;

import io.github.atleastonce.hosted.TaskOwner;
import io.github.atleastonce.run.Run;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apiguardian.api.API;

/**
 * A consumer of an application, which reads a queue on threads of its own. Each message that one of them receives is told of here, and the
 * thread waits until the run lets it go on; then what it does is the delivery of that message. Outside of runs everything passes, but for what a run has left
 * behind: nobody gets that.
 *
 * <p>Outlives the runs, as its application does. Safe for use by several threads.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class QueueListener implements TaskOwner {

    private final String name;
    private final String queue;
    private final LeftOver leftOver;

    /**
     * Names a consumer.
     *
     * @param name the name under which its deliveries are told, the same in every run
     * @param queue the queue that it reads
     */
    public QueueListener(String name, String queue) {
        this.name = name;
        this.queue = queue;
        this.leftOver = new LeftOver(queue);
    }

    /**
     * Lets this consumer take part in a run, if that takes place on queues.
     *
     * @param run the run
     */
    public void join(Run run) {
        QueueTransports.of(run).declaring(queue).ifPresent(transport -> {
            leftOver.follow(run, transport.known());
            transport.listeners().add(this, queue);
        });
    }

    /**
     * Takes note that an application itself has put a message into a queue, which is waited for from now on: servers count late.
     *
     * @param run the run
     * @param queue the queue; nothing happens if it is none of the run's
     * @param identity what the server knows the message by
     */
    public static void sent(Run run, String queue, String identity) {
        QueueTransports.of(run)
                .declaring(queue)
                .ifPresent(transport -> transport.known().sent(queue, identity));
    }

    /**
     * Takes note that the calling thread has received a message, and waits until the run lets it go on.
     *
     * @param run the run
     * @param hand the message
     * @return the message in hand; empty if a run that is over has left it behind: then it is gone, and the thread asks for the next
     */
    public Optional<Received> receive(Run run, QueueServer.InHand hand) {
        QueueTransport transport = QueueTransports.of(run).joinedBy(this).orElse(null);
        if (transport == null || run.isOver()) {
            return receive(hand);
        }
        if (leftOver.throwAway(hand)) {
            return Optional.empty();
        }
        awaitNextLife(run);
        ReceivedInRun received = new ReceivedInRun(run, transport, this, queue, leftOver, hand);
        if (received.arrives()) {
            return Optional.of(received);
        }
        if (run.isOver()) {
            hand.acknowledge();
            return Optional.empty();
        }
        return receive(hand);
    }

    /**
     * Takes note that the calling thread has received a message while there is no run.
     *
     * @param hand the message
     * @return the message in hand; empty if a run that is over has left it behind: then it is gone, and the thread asks for the next
     */
    public Optional<Received> receive(QueueServer.InHand hand) {
        return leftOver.throwAway(hand)
                ? Optional.empty()
                : Optional.of(new ReceivedBesideRuns(new Hands(hand), leftOver));
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
