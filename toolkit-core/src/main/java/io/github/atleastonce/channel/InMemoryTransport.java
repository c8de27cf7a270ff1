package io.github.atleastonce.channel;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.schedule.Option;
import io.github.atleastonce.state.Captured;
import io.github.atleastonce.state.Looks;
import io.github.atleastonce.state.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Carries messages in memory, on the thread of the test: a log with partitions for each channel, as Kafka has them. */
final class InMemoryTransport implements Transport, Captured {

    static final Capabilities CAPABILITIES = new Capabilities(
            Set.of(
                    Fault.DUPLICATE,
                    Fault.REDELIVERY,
                    Fault.REORDER,
                    Fault.DELAY,
                    Fault.DROP,
                    Fault.POISON,
                    Fault.CONCURRENT,
                    Fault.CRASH,
                    Fault.REBALANCE,
                    Fault.PAUSE),
            Ordering.PARTITION,
            Confirmation.WHEN_QUIET,
            true);

    static final Set<Fault> AMONG_NODES = Set.of(Fault.REBALANCE, Fault.PAUSE);

    private final Run run;
    private final Publisher publisher;
    private final Dispatcher<Position> dispatcher;
    private final Map<String, ChannelOptions> options = new HashMap<>(2);
    private final List<Subscription> subscriptions = new ArrayList<>(2);
    private final List<InProgress> inProgress = new ArrayList<>(1);
    private final Predicate<Position> moving = this::moves;
    private boolean told;

    InMemoryTransport(Run run) {
        this.run = run;
        this.publisher = new Publisher(
                run, (log, key, number) -> number == 0 ? 0 : (number - 1) % log.partitions(), CAPABILITIES);
        this.dispatcher = new Dispatcher<>(run);
    }

    @Override
    public void declare(String name, ChannelOptions wanted) {
        if (publisher.log(name) != null) {
            throw new UsageException("The channel '" + name + "' is in use already: declare its options first.");
        }
        options.put(name, wanted);
        if (!wanted.staleDuplicates() && run.faults().wants(Fault.DUPLICATE)) {
            run.history().caveats().remark("no stale duplicates on '" + name + "', as declared");
        }
    }

    @Override
    public MessageChannel channel(String name) {
        return new BodyChannel(log(name));
    }

    @Override
    public Optional<List<StoredMessage>> contents(String name) {
        return declares(name) ? Optional.of(log(name).contents()) : Optional.empty();
    }

    @Override
    public <T> void subscribe(Lifetime life, String channel, Class<T> type, Handler<T> handler) {
        for (Subscription subscription : subscriptions) {
            if (subscription.is(life.group(), channel)) {
                subscription.join(life, type, handler);
                return;
            }
        }
        ChannelLog log = log(channel);
        if (told && !log.contents().isEmpty()) {
            run.belonging(Looks.class, any -> new Looks()).at("a subscription to '" + channel + "' that comes late");
        }
        Subscription subscription = new Subscription(run.history(), log, life, optionsOf(log));
        subscription.join(life, type, handler);
        subscriptions.add(subscription);
        subscription.positions().forEach(dispatcher::add);
    }

    @Override
    public void send(Lifetime life, String channel, @Nullable String key, @Nullable Object payload) {
        append(log(channel), publisher.message(log(channel), key, payload, Headers.none()), life.service());
    }

    @Override
    public void capture(Snapshot into) {
        told = true;
        if (!inProgress.isEmpty()) {
            into.unsettled();
        }
        boolean looked = run.belonging(Looks.class).filter(Looks::areAtContents).isPresent();
        publisher.capture(into, looked);
        new LogState(run, into, subscriptions).write(subscriptions, dispatcher);
    }

    @Override
    public boolean isVisible() {
        return false;
    }

    @Override
    public boolean declares(String channel) {
        return options.containsKey(channel) || publisher.log(channel) != null;
    }

    @Override
    public boolean takesAny() {
        return true;
    }

    @Override
    public boolean hasGroups() {
        return true;
    }

    @Override
    public boolean advance() {
        subscriptions.forEach(subscription -> subscription.group().leaveStalled());
        Dispatcher.Pick<Position> next = dispatcher.next(moving);
        if (next == null) {
            return false;
        }
        if (!fallsOut(next)) {
            deliver(next.lane(), next.message());
        }
        return true;
    }

    /** A node that stalls has a message of a partition in hand; nothing else of that moves, unless it was given to another one. */
    private boolean moves(Position position) {
        for (int i = 0; i < inProgress.size(); i++) {
            InProgress begun = inProgress.get(i);
            if (begun.position == position && !begun.isLost()) {
                return false;
            }
        }
        return true;
    }

    /** Offers that the node which has this message in hand falls out of its group. */
    private boolean fallsOut(Dispatcher.Pick<Position> next) {
        Position position = next.lane();
        return position.group()
                .offersToFallOut(
                        run,
                        position.reader(),
                        next.message(),
                        life -> subscriptions.forEach(
                                subscription -> subscription.group().fallOut(life)));
    }

    @Override
    public boolean holding() {
        return dispatcher.holding();
    }

    @Override
    public boolean backsOff() {
        return dispatcher.backsOff();
    }

    @Override
    public void release() {
        dispatcher.release();
    }

    @Override
    public void settled() {
        subscriptions.forEach(Subscription::settled);
    }

    @Override
    public void offerLate(Consumer<Offer> late) {
        publisher.offerLate(late, log -> optionsOf(log).staleDuplicates());
    }

    @Override
    public void offerConcurrent(Consumer<Offer> concurrent) {
        Cause cause = run.current().cause();
        for (InProgress begun : List.copyOf(inProgress)) {
            if (begun.delivery.cause() == cause && !begun.doubled) {
                Option twice = new Option(Fault.CONCURRENT, "", () -> cause.title() + " twice at the same time");
                concurrent.accept(new Offer(twice, () -> deliverAgain(begun)));
            }
        }
        for (Dispatcher.Pick<Position> pick : dispatcher.ready()) {
            Position position = pick.lane();
            if (inProgress.stream().noneMatch(begun -> begun.position == position)) {
                String title = position.title(pick.message());
                concurrent.accept(new Offer(
                        new Option(Fault.CONCURRENT, position.name(pick.message()), () -> title + " at the same time"),
                        () -> deliver(position, pick.message())));
            }
        }
    }

    @Override
    public void died(Lifetime life) {
        for (Subscription subscription : subscriptions) {
            subscription.leave(life);
        }
    }

    @Override
    public List<String> leftovers() {
        List<String> leftovers = new ArrayList<>(0);
        for (Subscription subscription : subscriptions) {
            subscription.nameLeftovers(leftovers);
        }
        return leftovers;
    }

    @Override
    public void close() {
        // All state belongs to this object.
    }

    @Override
    public String toString() {
        return "in memory";
    }

    private void deliver(Position position, StoredMessage message) {
        if (!position.takes(message)) {
            position.advance(message);
            return;
        }
        InProgress begun = new InProgress(run, position, position.reader(), message);
        inProgress.add(begun);
        Delivery.Result result;
        try {
            result = begun.delivery.perform(begun::handle);
        } finally {
            inProgress.remove(begun);
        }
        if (begun.isLost()) {
            return;
        }
        if (result instanceof Delivery.Result.Handled) {
            acknowledge(begun);
        } else if (result instanceof Delivery.Result.Failed failed) {
            if (failed.exhausted()) {
                deadLetter(position, message, failed);
            } else {
                dispatcher.backOff(position, message, begun.due());
            }
        }
    }

    /** A second consumer of the group, to which the partition was given while the first had not finished. */
    private void deliverAgain(InProgress first) {
        first.doubled = true;
        InProgress again =
                new InProgress(run, first.position, first.position.group().another(first.member), first.message);
        again.doubled = true;
        inProgress.add(again);
        try {
            again.delivery.performBeside(again::handle);
        } finally {
            inProgress.remove(again);
        }
    }

    private void acknowledge(InProgress done) {
        Position position = done.position;
        position.advance(done.message);
        if (run.faults().offers(Fault.REDELIVERY)) {
            int window = Math.min(run.bounds().rewind(), position.unconfirmed());
            Integer back =
                    window == 0 ? null : run.faults().choose(new AcknowledgementPoint(done.delivery.cause(), window));
            if (back != null) {
                position.rewind(back);
                return;
            }
        }
        if (position.confirmation() == Confirmation.EACH_MESSAGE) {
            position.confirm();
        }
    }

    private void deadLetter(Position position, StoredMessage message, Delivery.Result.Failed failed) {
        String subscriber = position.subscriber();
        String deadLetterChannel = position.deadLetterChannel();
        if (deadLetterChannel == null) {
            throw failed.fatal("'" + subscriber + "' threw " + failed.attempt() + " times (maxAttempts) for "
                    + message.message().title() + ", and '" + message.label().channel()
                    + "' has no dead letter channel");
        }
        StoredMessage into = publisher.deadLetter(log(deadLetterChannel), message, subscriber);
        run.history().add(new Event.DeadLettered(subscriber, message, into));
        position.advance(message);
    }

    private void append(ChannelLog log, Message message, @Nullable String by) {
        ChannelOptions channel = optionsOf(log);
        Publisher.Hazards hazards =
                new Publisher.Hazards(channel.staleDuplicates(), channel.deadLetterChannel() != null, false);
        publisher.append(log, message, by, hazards);
    }

    private ChannelOptions optionsOf(ChannelLog log) {
        return options.isEmpty() ? ChannelOptions.DEFAULT : options.getOrDefault(log.name(), ChannelOptions.DEFAULT);
    }

    private ChannelLog log(String name) {
        ChannelLog log = publisher.log(name);
        if (log == null) {
            int partitions = options.getOrDefault(name, ChannelOptions.DEFAULT).partitions();
            log = publisher.open(name, partitions);
        }
        return log;
    }

    private final class BodyChannel implements MessageChannel {

        private final ChannelLog log;

        BodyChannel(ChannelLog log) {
            this.log = log;
        }

        @Override
        public String name() {
            return log.name();
        }

        @Override
        public void send(Message message) {
            append(log, message, null);
        }

        @Override
        public void send(@Nullable String key, @Nullable Object payload, Headers headers) {
            append(log, publisher.message(log, key, payload, headers), null);
        }
    }
}
