package io.github.atleastonce.channel;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Label;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.message.StoredMessage.Kind;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.schedule.Option;
import io.github.atleastonce.state.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Appends messages to the logs of a run, and offers the faults that happen at an append: DUPLICATE, DROP and POISON. Transports
 * build on it.
 */
@API(status = API.Status.INTERNAL)
public final class Publisher {

    /** Decides the partition of a message: by its key, or by the number of its key in order of first appearance. */
    @FunctionalInterface
    public interface Partitioner {

        /**
         * Chooses a partition.
         *
         * @param log the channel
         * @param key the ordering key, or null
         * @param number the number of the key by first appearance in the run, from 1; 0 without a key
         * @return the partition, from 0
         */
        int partition(ChannelLog log, @Nullable String key, int number);
    }

    /**
     * Says what may go wrong on one channel, among what the transport declares.
     *
     * @param staleDuplicates whether a copy may come after a later message of its key
     * @param unreadable whether somebody has said what becomes of a record that cannot be read; else nobody could be blamed for it
     * @param asBytes whether the channel carries bytes, so that an event in an older form lies there as it was written
     */
    public record Hazards(boolean staleDuplicates, boolean unreadable, boolean asBytes) {}

    private final Run run;
    private final Partitioner partitioner;
    private final Capabilities capabilities;
    private final Map<String, Integer> keys = new HashMap<>();
    private final Map<String, ChannelLog> logs = new LinkedHashMap<>();
    private long sequence;
    /** What was appended since the state was told last, and a digest of all that had been before. */
    private final List<StoredMessage> appended = new ArrayList<>();

    private Snapshot.Digest contents = new Snapshot.Digest(0, 0);

    /**
     * Creates a publisher.
     *
     * @param run the run
     * @param partitioner decides the partition of each message
     * @param capabilities what the transport declares; no other fault is offered
     */
    public Publisher(Run run, Partitioner partitioner, Capabilities capabilities) {
        this.run = run;
        this.partitioner = partitioner;
        this.capabilities = capabilities;
    }

    /**
     * Adds the log of a channel.
     *
     * @param name the channel's name
     * @param partitions how many partitions it has
     * @return the log
     */
    public ChannelLog open(String name, int partitions) {
        ChannelLog log = new ChannelLog(name, partitions);
        logs.put(name, log);
        return log;
    }

    /**
     * Looks up the log of a channel.
     *
     * @param name the channel's name
     * @return the log, or null if it was never opened
     */
    public @Nullable ChannelLog log(String name) {
        return logs.get(name);
    }

    /**
     * Returns the body's side of a channel whose hazards are always the same.
     *
     * @param log the channel
     * @param hazards what may go wrong on it
     * @return the channel, which appends what the body sends
     */
    public MessageChannel channel(ChannelLog log, Hazards hazards) {
        return new MessageChannel() {

            @Override
            public String name() {
                return log.name();
            }

            @Override
            public void send(Message message) {
                append(log, message, null, hazards);
            }

            @Override
            public void send(@Nullable String key, @Nullable Object payload, Headers headers) {
                send(message(log, key, payload, headers));
            }
        };
    }

    /**
     * Makes the message that a payload is sent as: its id counts the messages of the channel.
     *
     * @param log the channel
     * @param key the ordering key, or null
     * @param payload the content, or null for a tombstone
     * @param headers the headers
     * @return the message
     * @throws UsageException if there is neither key nor payload
     */
    public Message message(ChannelLog log, @Nullable String key, @Nullable Object payload, Headers headers) {
        if (payload instanceof Message message) {
            return message;
        }
        String id = log.name() + "-" + (log.sent() + 1);
        if (payload != null) {
            return new Message(id, key, payload.getClass().getSimpleName(), headers, payload);
        }
        if (key == null) {
            throw new UsageException("A message to '" + log.name()
                    + "' wants a payload, or a key whose tombstone it is: send(key, null), or sendTombstone(key).");
        }
        Message tombstone = Message.tombstone(id, key);
        return new Message(id, key, tombstone.type(), headers, tombstone.payload());
    }

    /**
     * Appends an original, and asks the schedule what goes wrong with it.
     *
     * @param log the channel
     * @param today the message, as it is written today
     * @param by the service that sends, or null for the test body
     * @param hazards what may go wrong on the channel
     */
    public void append(ChannelLog log, Message today, @Nullable String by, Hazards hazards) {
        int number = today.key() == null ? 0 : keys.computeIfAbsent(today.key(), key -> keys.size() + 1);
        Label label = log.label(number);
        if (!run.faults().delivers()) {
            return;
        }
        List<Integer> versions = Releases.versions(run, log.name(), today);
        OlderForms.Written sent = Releases.ask(run, log.name(), today, label::toString, versions, hazards.asBytes());
        Message message = sent.message();
        int partition = partitioner.partition(log, message.key(), number);
        boolean duplicate = offers(Fault.DUPLICATE);
        boolean drop = offers(Fault.DROP);
        boolean poison = hazards.unreadable() && offers(Fault.POISON);
        if (!duplicate && !drop && !poison) {
            store(log, sent, label, partition, by, Kind.ORIGINAL);
            return;
        }
        List<StoredMessage> earlier = duplicate
                ? duplicable(
                        log,
                        message.key(),
                        hazards.staleDuplicates(),
                        run.bounds().duplicateHorizon() - 1)
                : List.of();
        AppendPoint point = new AppendPoint(message, label, earlier, duplicate, drop, poison);
        AppendPoint.Harm harm = run.faults().choose(point);
        if (harm instanceof AppendPoint.Harm.Lost) {
            return;
        }
        if (harm instanceof AppendPoint.Harm.Unreadable) {
            store(log, poison(message), label, partition, by, Kind.POISON);
        }
        StoredMessage original = store(log, sent, label, partition, by, Kind.ORIGINAL);
        if (harm instanceof AppendPoint.Harm.Twice) {
            copy(log, original, by);
        } else if (harm instanceof AppendPoint.Harm.Again again) {
            copy(log, again.stale(), by);
        }
    }

    /**
     * Appends a message to a dead letter channel; no fault is offered.
     *
     * @param log the dead letter channel
     * @param dead what could not be handled
     * @param by the subscriber that could not
     * @return where it is now
     */
    public StoredMessage deadLetter(ChannelLog log, StoredMessage dead, String by) {
        Integer number = dead.key() == null ? null : keys.get(dead.key());
        int key = number == null ? 0 : number;
        int partition = partitioner.partition(log, dead.key(), key);
        Message message =
                dead.message().withHeader("dead-letter-from", dead.label().channel());
        OlderForms.Written letter = new OlderForms.Written(message, dead.olderForm());
        return store(log, letter, log.label(key), partition, by, Kind.DEAD_LETTER);
    }

    /**
     * Offers the last messages of each channel as duplicates while all is quiet.
     *
     * @param late takes the faults
     * @param staleDuplicates says for a channel whether a copy may come after a later message of its key
     */
    public void offerLate(Consumer<Offer> late, java.util.function.Predicate<ChannelLog> staleDuplicates) {
        if (!offers(Fault.DUPLICATE)) {
            return;
        }
        for (ChannelLog log : logs.values()) {
            int horizon = run.bounds().duplicateHorizon();
            for (StoredMessage message : duplicable(log, null, staleDuplicates.test(log), horizon)) {
                Option again = new Option(
                        Fault.DUPLICATE,
                        message.label(),
                        () -> message.message().title() + " delivered again when all was quiet");
                late.accept(new Offer(again, () -> copy(log, message, null)));
            }
        }
    }

    /** Says what decides how messages are named and which may be copied, and aside from that all that lies there. */
    void capture(Snapshot into, boolean looked) {
        keys.entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(key -> into.text(key.getKey()));
        for (ChannelLog log : logs.values()) {
            log.capture(into);
            List<StoredMessage> originals = log.originals();
            int horizon = Math.min(originals.size(), run.bounds().duplicateHorizon());
            originals
                    .subList(originals.size() - horizon, originals.size())
                    .forEach(message -> LogState.message(into, message));
        }
        // One by one, so that it does not count how often this was told.
        for (StoredMessage message : appended) {
            Snapshot more = new Snapshot(false).text(contents.toString());
            LogState.message(more, message);
            more.unseen().forEach(into::unseen);
            contents = more.digest();
        }
        appended.clear();
        into.aside("contents", looked, contents.toString());
    }

    /** The last originals of a channel, latest first, of which a copy may be appended now. */
    private static List<StoredMessage> duplicable(ChannelLog log, @Nullable String next, boolean stale, int horizon) {
        List<StoredMessage> originals = log.originals();
        List<StoredMessage> found = new ArrayList<>(horizon);
        for (int i = originals.size() - 1; i >= 0 && i >= originals.size() - horizon; i--) {
            StoredMessage message = originals.get(i);
            if (stale || !overtaken(originals, i, next)) {
                found.add(message);
            }
        }
        return found;
    }

    private static boolean overtaken(List<StoredMessage> originals, int index, @Nullable String next) {
        String key = originals.get(index).key();
        if (key == null || key.equals(next)) {
            return true;
        }
        for (int i = index + 1; i < originals.size(); i++) {
            if (key.equals(originals.get(i).key())) {
                return true;
            }
        }
        return false;
    }

    private boolean offers(Fault fault) {
        return run.faults().offers(fault) && capabilities.faults().contains(fault);
    }

    private void copy(ChannelLog log, StoredMessage original, @Nullable String by) {
        OlderForms.Written same = new OlderForms.Written(original.message(), original.olderForm());
        store(log, same, original.label(), original.partition(), by, Kind.COPY);
    }

    private StoredMessage store(
            ChannelLog log, OlderForms.Written sent, Label label, int partition, @Nullable String by, Kind kind) {
        StoredMessage stored = log.append(sent, label, partition, sequence++, kind);
        if (run.moments().areHeard()) {
            appended.add(stored);
        }
        run.history().add(new Event.Sent(by, stored));
        return stored;
    }

    private static OlderForms.Written poison(Message before) {
        Message poison =
                new Message("poison-before-" + before.id(), before.key(), "Poison", Headers.none(), Poison.INSTANCE);
        return new OlderForms.Written(poison, null);
    }

    private enum Poison {
        INSTANCE
    }
}
