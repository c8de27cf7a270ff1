package io.github.atleastonce.http;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.Confirmation;
import io.github.atleastonce.channel.MessageChannel;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.channel.Transport;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries the events of all senders of webhooks in a run: in memory until they are delivered, without any order, each confirmed by the
 * answer to itself. It has their channels only, so that it stands beside any other transport.
 */
final class Webhooks implements Transport {

    private final Run run;
    private final Transport memory;
    private final Map<String, Deliveries> senders = new LinkedHashMap<>(1);
    private final Map<String, Consumer<Lifetime>> applications = new LinkedHashMap<>(1);
    private final Set<Lifetime> buried = ConcurrentHashMap.newKeySet();
    private @Nullable Lifetime hosted;

    Webhooks(Run run) {
        this.run = run;
        this.memory = TransportFactory.IN_MEMORY.open(run);
    }

    /** Returns the transport of all senders of a run. */
    static Webhooks with(Run run) {
        return run.belonging(Webhooks.class, Webhooks::joining);
    }

    /** Adds a sender. */
    Deliveries sender(String name) {
        Deliveries sender = new Deliveries(run, this, name);
        if (senders.putIfAbsent(name, sender) != null) {
            throw new UsageException("There is a sender of webhooks '" + name + "' already: give each its own name.");
        }
        memory.declare(name, ChannelOptions.DEFAULT.ordering(Ordering.NONE).confirmation(Confirmation.EACH_MESSAGE));
        return sender;
    }

    private static Webhooks joining(Run run) {
        Webhooks webhooks = new Webhooks(run);
        run.join(webhooks);
        return webhooks;
    }

    void deliver(Deliveries deliveries, Lifetime life, Webhook.Receiver receiver) {
        memory.subscribe(life, deliveries.sender(), Message.class, event -> deliveries.deliver(life, receiver, event));
    }

    /** Each life of an application is a new subscriber, which nobody tells when it begins. */
    void deliverToApplication(Deliveries deliveries, Webhook.Receiver receiver) {
        Consumer<Lifetime> subscribing = life -> deliver(deliveries, life, receiver);
        applications.put(deliveries.sender(), subscribing);
        subscribing.accept(application(deliveries.sender()));
        hosted = application(deliveries.sender());
    }

    private void deliverToPresentApplication() {
        for (Map.Entry<String, Consumer<Lifetime>> each : applications.entrySet()) {
            Lifetime present = application(each.getKey());
            if (present != hosted && !present.isDead()) {
                applications.values().forEach(subscribing -> subscribing.accept(present));
                hosted = present;
            }
        }
    }

    private Lifetime application(String sender) {
        try {
            return run.services().hosted();
        } catch (IllegalStateException none) {
            throw new UsageException("'" + sender
                    + "'.deliverTo(endpoint) wants an application that a framework of the test has started; a service of the scenario "
                    + "says deliverTo(life, endpoint) in its boot.");
        }
    }

    /**
     * Says whether everything knows that a life has died. It may die on a thread of its server, and whoever waits for the answer must not go
     * on before that.
     */
    boolean isBuried(Lifetime life) {
        return buried.contains(life);
    }

    @Override
    public MessageChannel channel(String channel) {
        return memory.channel(channel);
    }

    @Override
    public Optional<List<StoredMessage>> contents(String name) {
        return memory.contents(name);
    }

    @Override
    public void declare(String channel, ChannelOptions options) {
        throw new UsageException(
                "What webhooks are like is not the test's to say, but '" + channel + "' was declared.");
    }

    @Override
    public boolean declares(String channel) {
        return senders.containsKey(channel);
    }

    @Override
    public boolean takesAny() {
        return false;
    }

    @Override
    public <T> void subscribe(Lifetime life, String channel, Class<T> type, Handler<T> handler) {
        memory.subscribe(life, channel, type, handler);
    }

    @Override
    public void send(Lifetime life, String channel, @Nullable String key, @Nullable Object payload) {
        memory.send(life, channel, key, payload);
    }

    @Override
    public boolean advance() {
        deliverToPresentApplication();
        return memory.advance();
    }

    @Override
    public boolean holding() {
        return memory.holding();
    }

    @Override
    public boolean backsOff() {
        return memory.backsOff();
    }

    /** What is tried again waits as long as its sender does. */
    @Override
    public void release() {
        if (memory.backsOff()) {
            senders.values().stream()
                    .flatMap(sender -> sender.tries().next().stream())
                    .min(Instant::compareTo)
                    .map(due -> Duration.between(run.clock().instant(), due))
                    .filter(wait -> !wait.isNegative() && !wait.isZero())
                    .ifPresent(run::elapse);
        }
        memory.release();
    }

    @Override
    public void settled() {
        memory.settled();
    }

    @Override
    public void offerLate(Consumer<Offer> late) {
        memory.offerLate(late);
    }

    @Override
    public void offerConcurrent(Consumer<Offer> concurrent) {
        memory.offerConcurrent(concurrent);
    }

    @Override
    public void died(Lifetime life) {
        memory.died(life);
        buried.add(life);
    }

    @Override
    public List<String> leftovers() {
        return memory.leftovers();
    }

    @Override
    public void close() {
        memory.close();
    }

    @Override
    public String toString() {
        return "by webhooks";
    }
}
