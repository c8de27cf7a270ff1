package io.github.atleastonce.queue;

import io.github.atleastonce.channel.Delivery;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.hosted.HostedTask;
import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.hosted.TaskOwner;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A message whose delivery is a part of a run: what its consumer does with it are steps. */
final class ReceivedInRun implements Received {

    private static final Step ACKNOWLEDGE = new Step.Acknowledge("acknowledge");

    private final Run run;
    private final QueueTransport transport;
    private final TaskOwner consumer;
    private final String queue;
    private final LeftOver leftOver;
    private final StoredMessage message;
    private final int deliveries;
    private final List<Part> parts = new ArrayList<>(1);
    private final Hands hands;
    private final Held held;
    private @Nullable HostedTask task;
    private @Nullable Crash cut;
    private @Nullable Delivery delivery;
    private boolean failed;

    /** One of the messages that are in hand together. */
    private record Part(StoredMessage message, String identity) {}

    ReceivedInRun(
            Run run,
            QueueTransport transport,
            TaskOwner consumer,
            String queue,
            LeftOver leftOver,
            QueueServer.InHand hand) {
        this.run = run;
        this.transport = transport;
        this.consumer = consumer;
        this.queue = queue;
        this.leftOver = leftOver;
        this.message = stored(hand);
        parts.add(new Part(message, hand.identity()));
        this.hands = new Hands(hand);
        this.deliveries = hand.deliveries();
        this.held = new Held(message, consumer.name(), run.services().hosted());
        transport.listeners().hold(held);
    }

    private StoredMessage stored(QueueServer.InHand hand) {
        return transport.known().stored(queue, hand.identity(), hand.envelope());
    }

    /** Waits until the run lets the thread go on, and says whether it is a part of that. */
    boolean arrives() {
        try {
            task = HostedTasks.of(run)
                    .suspend(consumer, queue + " " + message.label(), () -> Delivery.causeOf(consumer.name(), message))
                    .orElse(null);
        } catch (Crash crash) {
            cut = crash;
            return true;
        }
        if (task == null) {
            transport.listeners().left(held);
        }
        return task != null;
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

    @Override
    public boolean together(QueueServer.InHand next) {
        if (leftOver.throwAway(next)) {
            return false;
        }
        parts.add(new Part(stored(next), next.identity()));
        hands.add(next);
        return true;
    }

    @Override
    public void begin() {
        Delivery begun = new Delivery(run, task().life(), consumer.name(), message);
        task().begin(begun.cause());
        delivery = begun;
        begun.begin();
        others().forEach(Delivery::beginToo);
    }

    private Stream<Delivery> others() {
        return parts.stream().skip(1).map(part -> new Delivery(run, task().life(), consumer.name(), part.message()));
    }

    @Override
    public void acknowledge() {
        Delivery present = delivery;
        if (hands.areTold()) {
            return;
        }
        if (present != null && task().isAtWork() && transport.listeners().losesAcknowledgement(present.cause())) {
            hands.giveBack();
            noteAside();
            return;
        }
        acknowledgeAtDelivery();
    }

    @Override
    public void acknowledgeAtDelivery() {
        boolean isStep = delivery != null && task().isAtWork();
        if (!isStep) {
            task().life().refuseIfDead();
        }
        hands.acknowledge();
        gone();
        if (isStep) {
            run.steps().done(task().life(), ACKNOWLEDGE);
        }
    }

    @Override
    public void giveBack(Throwable why) {
        giveBack();
        Delivery.Result result = fail(why);
        if (!run.isOver()) {
            noteAside();
        }
        if (result instanceof Delivery.Result.Failed last && last.exhausted() && transport.deliveryLimit() == 0) {
            leave();
            HostedTasks.of(run)
                    .giveUp(
                            consumer,
                            queue,
                            last.fatal("The consumer '" + consumer.name() + "' threw " + last.attempt()
                                    + " times (maxAttempts) for "
                                    + message.message().title() + ", and '"
                                    + queue + "' puts nothing aside"));
        }
    }

    /** What is given back when the run is over would be handled after it. */
    private void giveBack() {
        if (run.isOver()) {
            hands.acknowledge();
        } else {
            hands.giveBack();
        }
    }

    @Override
    public void handBack(Throwable why) {
        task().life().refuseIfDead();
        giveBack(why);
    }

    @Override
    public void putAside(Throwable why) {
        task().life().refuseIfDead();
        hands.putAside();
        gone();
        if (fail(why) != null) {
            parts.forEach(part -> transport.noteRejected(queue, consumer.name(), part.message(), part.identity()));
        }
    }

    @Override
    public void keep(@Nullable Throwable why) {
        if (hands.areTold()) {
            if (why != null) {
                giveBack(why);
            }
            return;
        }
        if (why != null) {
            fail(why);
        }
        if (run.isOver()) {
            hands.acknowledge();
        } else if (!isDead()) {
            String identity = parts.get(0).identity();
            transport.kept().add(new KeptInHand.Kept(task().life(), consumer.name(), message, identity, hands));
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
        parts.forEach(part -> transport.noteAside(queue, consumer.name(), part.message(), part.identity(), deliveries));
    }

    private void gone() {
        parts.forEach(part -> transport.known().gone(queue, part.identity()));
        parts.forEach(part -> transport.kept().gone(queue, part.identity()));
    }

    @Override
    public void leave() {
        Delivery present = delivery;
        delivery = null;
        if (present != null && !failed && !run.isOver() && !isDead()) {
            present.returned();
            others().forEach(Delivery::returned);
        }
        transport.listeners().left(held);
        if (task != null) {
            task.leave();
        }
    }
}
