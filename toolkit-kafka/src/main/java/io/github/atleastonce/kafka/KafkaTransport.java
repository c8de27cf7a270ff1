package io.github.atleastonce.kafka;

import io.github.atleastonce.channel.ChannelLog;
import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.Dispatcher;
import io.github.atleastonce.channel.MessageChannel;
import io.github.atleastonce.channel.Publisher;
import io.github.atleastonce.channel.Transport;
import io.github.atleastonce.explore.Baseline;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Carries the messages of one run over a real broker. */
final class KafkaTransport implements Transport {

    private static final Publisher.Hazards HAZARDS = new Publisher.Hazards(true, true, true);

    private final Run run;
    private final KafkaCluster kafka;
    private final Publisher publisher;
    private final Dispatcher<WireLane> dispatcher;
    private final Wire wire;
    private final Map<TopicPartition, Long> from;
    private final RunRecords records;
    private final HostedTasks tasks;
    private final @Nullable WireTurns turns;
    private final Looks looks;
    private final DrivenSubscriptions driven;
    private final ConsumedRecords consumed;
    private final ConcurrentDeliveries concurrent;
    private final Attendance attendance = new Attendance();
    private @Nullable WireLane last;
    private State state = State.UNKNOWN;
    private boolean hostedGroupsAreHere;

    private enum State {
        /** Something was published, subscribed or lost, and nobody has looked how it went. */
        RESTLESS,
        /** All was seen consumed, and nothing has happened since. */
        QUIET,
        /** All was quiet, but since then the body, a poller or a timer may have made a service send something. */
        UNKNOWN
    }

    KafkaTransport(Run run, KafkaCluster kafka) {
        this.run = run;
        this.kafka = kafka;
        this.publisher = new Publisher(run, new Partitioning(run)::partition, kafka.capabilities());
        this.dispatcher = new Dispatcher<>(run);
        this.wire = new Wire(run, kafka.clients().producer(), kafka.answers());
        this.from = new ConcurrentHashMap<>(kafka.baseline().begin(run.bounds()));
        this.records = new RunRecords(
                wire, from, this::publishBefore, new LogEnds(kafka.clients().admin(), kafka.answers()));
        Optional<FaultProxy> proxy =
                kafka.proxy().filter(any -> !run.history().caveats().fallback().isTaken());
        this.driven = new DrivenSubscriptions(run, records, kafka.clients(), kafka.topics(), proxy.isPresent(), from);
        this.tasks = HostedTasks.of(run);
        this.consumed = new ConsumedRecords(run, kafka, records, from);
        this.concurrent = new ConcurrentDeliveries(dispatcher, tasks.concurrent(), this::publishAtOnce);
        this.turns = proxy.map(
                        any -> new WireTurns(run, records, any, attendance, kafka.consumers()::membersOf).begin())
                .orElse(null);
        this.looks = new Looks(run, kafka.consumers(), kafka.records(), from, driven::topics, turns);
        run.belonging(RunRecords.class, any -> records);
        Baseline.of(run).doubtIf(kafka.baseline().othersHaveJoined(tasks::areOf));
        tasks.open();
    }

    @Override
    public void declare(String name, ChannelOptions options) {
        throw new UsageException("A topic of Kafka is what it is: declare '" + name
                + "' with @KafkaBroker(topics = @Topic(…)) and use scenario.channel(\"" + name + "\").");
    }

    @Override
    public MessageChannel channel(String name) {
        return publisher.channel(log(name), HAZARDS);
    }

    @Override
    public <T> void subscribe(Lifetime life, String channel, Class<T> type, Handler<T> handler) {
        log(channel);
        driven.add(life, channel, type, handler);
        state = State.RESTLESS;
    }

    @Override
    public void send(Lifetime life, String channel, @Nullable String key, @Nullable Object payload) {
        ChannelLog log = log(channel);
        publisher.append(log, publisher.message(log, key, payload, Headers.none()), life.service(), HAZARDS);
    }

    @Override
    public boolean declares(String channel) {
        return kafka.topics().exists(channel);
    }

    @Override
    public Optional<List<StoredMessage>> contents(String name) {
        log(name);
        return Optional.of(new TopicContents(kafka, records).of(name, from, run.bounds()));
    }

    @Override
    public boolean takesAny() {
        return false;
    }

    @Override
    public boolean hasGroups() {
        return true;
    }

    @Override
    public boolean advance() {
        Dispatcher.Pick<WireLane> next = dispatcher.next();
        if (next != null) {
            publish(next.lane(), next.message());
            return true;
        }
        State before = state;
        if (before == State.QUIET) {
            state = State.UNKNOWN;
            return false;
        }
        boolean moved = drain();
        if (before == State.UNKNOWN && !moved) {
            state = State.UNKNOWN;
            return false;
        }
        return true;
    }

    @Override
    public boolean holding() {
        return isDelaying() || driven.backOff();
    }

    @Override
    public boolean backsOff() {
        return !isDelaying();
    }

    private boolean isDelaying() {
        return dispatcher.holding() || turns != null && !turns.held().isEmpty();
    }

    /** What a DELAY holds goes first: it may be what the other waits for. */
    @Override
    public void release() {
        if (dispatcher.holding()) {
            dispatcher.release();
            return;
        }
        if (turns != null && !turns.held().isEmpty()) {
            turns.release();
        } else {
            driven.retry();
        }
        state = State.RESTLESS;
    }

    @Override
    public void settled() {
        driven.settled();
    }

    @Override
    public void offerLate(Consumer<Offer> late) {
        publisher.offerLate(late, log -> true);
    }

    @Override
    public void offerConcurrent(Consumer<Offer> offers) {
        concurrent.offer(offers);
    }

    @Override
    public void died(Lifetime life) {
        driven.leave(life);
        state = State.RESTLESS;
    }

    @Override
    public List<String> leftovers() {
        List<String> leftovers = new ArrayList<>(driven.toBeRetried());
        for (WireLane lane : dispatcher.lanes()) {
            lane.unpublished()
                    .forEach(message -> leftovers.add(message.message().title() + ", not yet published to " + lane));
        }
        if (turns != null) {
            leftovers.addAll(turns.held());
        }
        if (state == State.RESTLESS || state == State.UNKNOWN && !tasks.owners().isEmpty()) {
            leftovers.addAll(lookOnce().behind());
        }
        if (driven.areAbandoned()) {
            leftovers.addAll(driven.abandoned(lookOnce().ends()));
        }
        return leftovers;
    }

    @Override
    public void close() {
        if (turns != null) {
            turns.end();
        }
        kafka.baseline().ended(state != State.RESTLESS, kafka.answers(), run.bounds());
    }

    /** Partitions are independent of each other, so their order is only certain if one waits for the other. */
    private void publish(WireLane lane, StoredMessage message) {
        if (last != null && last != lane) {
            drain();
        }
        if (lane.head() == message) { // It may have been handled meanwhile, beside another.
            publishBehind(lane, message);
        }
    }

    private void publishAtOnce(WireLane lane, StoredMessage message, String group) {
        attendance.lets(group);
        publishBehind(lane, message);
        wire.land();
    }

    /** What the run has sent to a topic lies before what the application sends to it afterwards. */
    private void publishBefore(String topic) {
        Dispatcher.Pick<WireLane> next = dispatcher.next(lane -> lane.isOf(topic));
        while (next != null) {
            publishBehind(next.lane(), next.message());
            next = dispatcher.next(lane -> lane.isOf(topic));
        }
        wire.land();
    }

    private void publishBehind(WireLane lane, StoredMessage message) {
        String topic = message.label().channel();
        awaitHostedGroups();
        boolean external = !driven.read(topic);
        if (external) {
            kafka.consumers().awaitConsumer(topic, run.bounds());
            kafka.baseline().complete(from);
        }
        if (turns != null) {
            turns.started(); // Consumers that took their time to come have used up nobody's patience.
        }
        wire.publish(message);
        if (turns != null) {
            wire.land(); // How many records a batch holds is no matter of chance.
        }
        if (external && kafka.consumers().groupsOf(topic).stream().noneMatch(tasks::areOf)) {
            run.history().add(new Event.Published(message));
        }
        lane.publishedOne();
        last = lane;
        state = State.RESTLESS;
    }

    /** A group that joins only later is not missed while it has not come: then chance says who is first. */
    private void awaitHostedGroups() {
        if (!hostedGroupsAreHere) {
            // What the application reads besides has come to be known meanwhile.
            kafka.baseline().complete(from);
            kafka.consumers().awaitGroups(tasks.owners(), run.bounds());
            hostedGroupsAreHere = true;
        }
    }

    /** Waits until all is consumed, and says whether anything was. */
    private boolean drain() {
        return turns == null ? consume() : turns.attending(this::consume);
    }

    private boolean consume() {
        wire.land();
        awaitHostedGroups();
        driven.leaveStalled();
        int events = run.history().events().size();
        boolean moved = false;
        Deadline deadline = kafka.consumers().deadline(run.bounds());
        looks.begin();
        while (true) {
            NodeBalance.of(run);
            GroupProgress.Progress told = looks.told();
            GroupProgress.Progress now = told == null ? look() : told;
            boolean atWork = false;
            if (turns != null) {
                atWork = turns.give(now);
                now = turns.visible(now);
                int outages = turns.outages();
                boolean decided = turns.decide();
                if (turns.outages() > outages) {
                    deadline = kafka.consumers().deadline(run.bounds());
                }
                if (WireLives.of(run).revive(kafka.consumers()) || decided) {
                    moved = true;
                    state = State.RESTLESS;
                    continue;
                }
            }
            if (!atWork && resumeNext(now)) {
                moved = true;
                state = State.RESTLESS;
                continue;
            }
            if ((now.behind().isEmpty() || deadline.isOver()) && looks.askIfTold()) {
                continue; // That it is over, or never will be, is what the broker says.
            }
            if (now.behind().isEmpty()) {
                state = State.QUIET;
                last = null;
                return moved || run.history().events().size() > events;
            }
            moved = true;
            state = State.RESTLESS;
            if (deadline.isOver()) {
                List<String> last = look().behind(); // Who has gone is known only now.
                if (last.isEmpty()) {
                    continue;
                }
                throw kafka.consumers().unsettled(deadline, now.behind(), last);
            }
            if (atWork || tasks.awaits(expected(now))) {
                continue; // Whose record comes next is no matter of chance: all others go first.
            }
            GroupProgress.Progress present = now;
            attendance.whileHandling(() -> driven.consume(present.ends()));
        }
    }

    /** A thread that this one waits for may wait for the broker; one that comes only now is seen the next time. */
    private boolean resumeNext(GroupProgress.Progress now) {
        Map<String, Set<String>> expected = expected(now);
        if (turns == null) {
            return tasks.resumeNext(expected);
        }
        return tasks.waiting() > 0 && turns.besides(() -> tasks.resumeNext(expected));
    }

    private Map<String, Set<String>> expected(GroupProgress.Progress now) {
        return (turns == null ? now : turns.expected(now)).partitionsBehind();
    }

    /** Nobody looks again: what may be a record or a marker is to be read. */
    private GroupProgress.Progress lookOnce() {
        looks.beginLast();
        return look();
    }

    private List<String> midway() {
        return turns == null ? List.of() : turns.midway();
    }

    /** The subscriptions that this thread drives are held to the ends that were read after the groups' commits, too. */
    private GroupProgress.Progress look() {
        // What the broker answers while it is asked may be missing in what it says.
        List<String> before = midway();
        GroupProgress.Progress progress = looks.ask();
        List<String> behind = new ArrayList<>(progress.behind());
        behind.addAll(driven.behind(progress.ends()));
        behind.addAll(before.isEmpty() ? midway() : before);
        if (behind.isEmpty()) {
            progress.committed()
                    .forEach((group, positions) -> consumed.committed(group, positions, tasks.areOf(group)));
        }
        return progress.but(behind);
    }

    private ChannelLog log(String topic) {
        ChannelLog known = publisher.log(topic);
        if (known != null) {
            return known;
        }
        int partitions = kafka.topics().use(topic);
        kafka.baseline().complete(from, Set.of(topic));
        ChannelLog log = publisher.open(topic, partitions);
        for (int partition = 0; partition < partitions; partition++) {
            dispatcher.add(new WireLane(log, partition));
        }
        return log;
    }
}
