package io.github.atleastonce.queue;

import io.github.atleastonce.channel.Capabilities;
import io.github.atleastonce.channel.ChannelLog;
import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.Delivery;
import io.github.atleastonce.channel.Dispatcher;
import io.github.atleastonce.channel.Handlers;
import io.github.atleastonce.channel.MessageChannel;
import io.github.atleastonce.channel.Publisher;
import io.github.atleastonce.channel.Transport;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.message.Tombstone;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.schedule.Option;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carries the messages of one run over a server of queues: all that was sent is put there, and then handled in the order in which it was put. */
final class QueueTransport implements Transport {

    private static final Publisher.Hazards HAZARDS = new Publisher.Hazards(true, false, false);

    private final Run run;
    private final QueueServer server;
    private final Capabilities capabilities;
    private final Publisher publisher;
    private final Dispatcher<QueueLane> dispatcher;
    private final KnownMessages known = new KnownMessages();
    private final QueueListeners listeners;
    private final Map<String, Competitors> driven = new LinkedHashMap<>(2);
    private final Map<String, Long> left = new LinkedHashMap<>(1);
    private final Set<String> readElsewhere = new LinkedHashSet<>(0);
    private final BackOffs backOffs;
    private final Set<String> inHand = new LinkedHashSet<>(1);
    private final KeptInHand kept = new KeptInHand();

    QueueTransport(Run run, QueueServer server, Capabilities capabilities) {
        this.run = run;
        this.server = server;
        this.capabilities = capabilities;
        this.publisher = new Publisher(run, (log, key, number) -> 0, capabilities);
        this.dispatcher = new Dispatcher<>(run);
        this.backOffs = new BackOffs(capabilities.ordering());
        this.listeners = new QueueListeners(run, this::lie, kept);
    }

    KnownMessages known() {
        return known;
    }

    KeptInHand kept() {
        return kept;
    }

    int deliveryLimit() {
        return capabilities.deliveryLimit();
    }

    QueueListeners listeners() {
        return listeners;
    }

    @Override
    public void declare(String name, ChannelOptions options) {
        throw new UsageException(
                "A queue is what its server has made of it: use scenario.channel(\"" + name + "\") without options.");
    }

    @Override
    public MessageChannel channel(String name) {
        return publisher.channel(log(name), HAZARDS);
    }

    @Override
    public <T> void subscribe(Lifetime life, String channel, Class<T> type, Handler<T> handler) {
        log(channel);
        refuseUnlessCarried(life, channel, type);
        left.remove(channel);
        driven.computeIfAbsent(channel, any -> new Competitors()).join(life, type, handler);
    }

    /** What no message can be would pass by all of them, and each would be acknowledged and lost. */
    private static void refuseUnlessCarried(Lifetime life, String queue, Class<?> type) {
        if (type != Message.class && !type.isAssignableFrom(String.class) && !type.isAssignableFrom(Tombstone.class)) {
            throw new UsageException(
                    "A queue carries texts: let '" + life.service() + "' take a String, a Tombstone or a Message from '"
                            + queue + "', and not a " + type.getName() + ".");
        }
    }

    @Override
    public void send(Lifetime life, String channel, @Nullable String key, @Nullable Object payload) {
        ChannelLog log = log(channel);
        publisher.append(log, publisher.message(log, key, payload, Headers.none()), life.service(), HAZARDS);
    }

    @Override
    public boolean declares(String channel) {
        return server.has(channel);
    }

    @Override
    public boolean takesAny() {
        return false;
    }

    /** What the application has sent itself is among it once a consumer was seen to get it. */
    @Override
    public Optional<List<StoredMessage>> contents(String name) {
        log(name);
        return dispatcher.lanes().stream()
                .filter(lane -> lane.queue().equals(name))
                .findFirst()
                .map(lane -> Stream.concat(lane.sent().stream(), known.others(name).stream())
                        .toList());
    }

    @Override
    public boolean advance() {
        QueueTransports.of(run).awaitDead();
        Dispatcher.Pick<QueueLane> next = dispatcher.next();
        if (next != null) {
            put(next.lane(), next.message());
            return true;
        }
        List<String> queues = new ArrayList<>(driven.keySet());
        queues.removeIf(backOffs::holds);
        queues.sort(Comparator.comparingInt(known::firstPut));
        for (String queue : queues) {
            if (deliverNext(queue)) {
                return true;
            }
        }
        if (listeners.resumeNext()) {
            return true;
        }
        noteConsumed();
        return false;
    }

    private void put(QueueLane lane, StoredMessage message) {
        String queue = lane.queue();
        Envelope envelope = Envelope.of(message.message());
        boolean lies = known.put(queue, message, () -> server.put(queue, envelope));
        lane.put(message);
        if (lies && !driven.containsKey(queue) && !listeners.read(queue)) {
            run.history().add(new Event.Published(message));
            left.merge(queue, 1L, Long::sum);
        }
    }

    /** What nobody reads who is known to the run may be read by a poller of an application. */
    private void noteConsumed() {
        left.replaceAll((queue, before) -> {
            long now = server.size(queue);
            if (now < before) {
                readElsewhere.add(queue);
                run.history().add(new Event.Consumed("a consumer", queue, before - now));
            }
            return now;
        });
    }

    private boolean deliverNext(String queue) {
        Competitors competitors = driven.get(queue);
        Handlers next = competitors == null ? null : competitors.next();
        if (competitors == null || next == null || !lie(queue)) {
            return false;
        }
        Optional<QueueServer.InHand> taken = take(queue);
        taken.ifPresent(message -> {
            competitors.tookOne();
            deliver(queue, next, message);
        });
        return taken.isPresent();
    }

    /** What was put, given back or put aside a moment ago may be on its way. */
    private Optional<QueueServer.InHand> take(String queue) {
        Optional<QueueServer.InHand> taken = server.take(queue);
        long deadline = System.nanoTime() + run.bounds().settleTimeout().toNanos();
        while (taken.isEmpty() && known.lieFree(queue, inHand)) {
            if (System.nanoTime() > deadline) {
                throw new NotSettledException(Bound.SETTLE_TIMEOUT.in(run.bounds()), leftovers());
            }
            LockSupport.parkNanos(QueueListeners.POLL_NANOS);
            taken = server.take(queue);
        }
        return taken;
    }

    private void deliver(String queue, Handlers consumer, QueueServer.InHand taken) {
        Message sent = taken.envelope().message(taken.identity());
        Message message = taken.deliveries() == 0
                ? sent
                : sent.withHeader(Capabilities.DELIVERY_COUNT, Integer.toString(taken.deliveries()));
        if (!consumer.takes(message.payload())) {
            taken.acknowledge();
            known.gone(queue, taken.identity());
            return;
        }
        Lifetime life = consumer.life();
        StoredMessage stored = known.stored(queue, taken.identity(), taken.envelope());
        Delivery delivery = new Delivery(run, life, life.service(), stored);
        String place = KnownMessages.place(queue, taken.identity());
        Runnable givingBack = () -> {
            inHand.remove(place);
            taken.giveBack();
            noteAside(queue, life.service(), stored, taken.identity(), taken.deliveries());
        };
        inHand.add(place);
        boolean ended = false;
        boolean comesAgain = false;
        try {
            Delivery.Result result = delivery.perform(() -> consumer.handle(message));
            ended = result instanceof Delivery.Result.Handled && !isLost(delivery);
            if (result instanceof Delivery.Result.Failed failed) {
                refuseToGoOn(queue, life, stored, failed);
                comesAgain = true;
            }
        } finally {
            if (ended) {
                inHand.remove(place);
                taken.acknowledge();
                known.gone(queue, taken.identity());
            } else if (comesAgain) {
                backOffs.add(queue, givingBack);
            } else {
                givingBack.run();
            }
        }
    }

    private boolean lie(String queue) {
        return known.lie(queue) || server.size(queue) > 0;
    }

    private boolean isLost(Delivery delivery) {
        return listeners.losesAcknowledgement(delivery.cause());
    }

    /** Takes note that the server has put a message aside, if it has come too often. */
    void noteAside(String queue, String subscriber, StoredMessage message, String identity, int deliveries) {
        if (deliveryLimit() > 0 && deliveries >= deliveryLimit()) {
            backOffs.end(queue);
            noteRejected(queue, subscriber, message, identity);
        }
    }

    /** Takes note that a message does not come again, and where it is now, if anywhere. */
    void noteRejected(String queue, String subscriber, StoredMessage message, String identity) {
        known.gone(queue, identity);
        server.deadLetterQueue(queue).ifPresent(aside -> {
            StoredMessage into = known.aside(aside, identity, message);
            run.history().add(new Event.DeadLettered(subscriber, message, into));
        });
    }

    private void refuseToGoOn(String queue, Lifetime life, StoredMessage message, Delivery.Result.Failed failed) {
        if (failed.exhausted() && deliveryLimit() == 0) {
            throw failed.fatal("'" + life.service() + "' threw " + failed.attempt() + " times (maxAttempts) for "
                    + message.message().title() + ", and '" + queue + "' puts nothing aside");
        }
    }

    @Override
    public boolean holding() {
        return dispatcher.holding() || !backOffs.isEmpty();
    }

    @Override
    public boolean backsOff() {
        return !dispatcher.holding();
    }

    /** What a DELAY holds goes first: it may be what the other waits for. */
    @Override
    public void release() {
        if (dispatcher.holding()) {
            dispatcher.release();
        } else {
            backOffs.release();
        }
    }

    @Override
    public void settled() {
        // Each message is acknowledged by itself.
    }

    @Override
    public void offerLate(Consumer<Offer> late) {
        publisher.offerLate(late, log -> true);
    }

    /** A second consumer takes the next message while the first has not finished. */
    @Override
    public void offerConcurrent(Consumer<Offer> concurrent) {
        if (!capabilities.faults().contains(Fault.CONCURRENT)) {
            return;
        }
        driven.forEach((queue, competitors) -> {
            Handlers next = competitors.next();
            StoredMessage message = known.next(queue, inHand);
            boolean oneIsAtWork = inHand.size() - backOffs.alone() == 1;
            if (next != null && message != null && oneIsAtWork && !backOffs.holds(queue)) {
                String service = next.life().service();
                Option option = new Option(
                        Fault.CONCURRENT,
                        service + "<" + message.label(),
                        () -> message.message().title() + " to " + service + " at the same time");
                concurrent.accept(new Offer(option, () -> deliverNext(queue)));
            }
        });
    }

    @Override
    public void died(Lifetime life) {
        driven.values().forEach(competitors -> competitors.leave(life));
        kept.giveBack(life);
    }

    @Override
    public List<String> leftovers() {
        List<String> leftovers = new ArrayList<>(kept.titles());
        for (QueueLane lane : dispatcher.lanes()) {
            String queue = lane.queue();
            lane.waiting().forEach(message -> leftovers.add(message.message().title() + ", not yet put into " + queue));
            boolean isRead = driven.containsKey(queue) || listeners.read(queue);
            if (isRead ? lie(queue) : readElsewhere.contains(queue) && server.size(queue) > 0) {
                leftovers.add("messages in '" + queue + "'");
            }
        }
        return leftovers;
    }

    @Override
    public void close() {
        // The server outlives the run, and so does who reads it or has something in hand: nothing of that is handled
        // after the run.
        try {
            if (!kept.isEmpty() || listeners.haveSomethingToRead()) {
                server.purge();
                kept.throwAway();
            }
        } finally {
            known.end();
        }
    }

    @Override
    public String toString() {
        return "queues";
    }

    private ChannelLog log(String queue) {
        ChannelLog known = publisher.log(queue);
        if (known != null) {
            return known;
        }
        if (!server.has(queue)) {
            throw new UsageException("There is no queue '" + queue + "' on the server of this test.");
        }
        ChannelLog log = publisher.open(queue, 1);
        dispatcher.add(new QueueLane(log, capabilities.ordering()));
        return log;
    }
}
