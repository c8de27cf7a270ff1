package io.github.atleastonce.channel;

import io.github.atleastonce.message.Label;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.message.StoredMessage.Kind;
import io.github.atleastonce.state.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apiguardian.api.API;

/** The log of one channel in one run: what was appended to each partition, in order. */
@API(status = API.Status.INTERNAL)
public final class ChannelLog {

    private final String name;
    private final List<List<StoredMessage>> partitions;
    private final List<StoredMessage> originals = new ArrayList<>();
    private int[] messagesOfKey = new int[8];
    private int sent;

    ChannelLog(String name, int partitionCount) {
        this.name = name;
        this.partitions = new ArrayList<>(partitionCount);
        for (int i = 0; i < partitionCount; i++) {
            partitions.add(new ArrayList<>());
        }
    }

    /**
     * Returns the channel's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns how many partitions there are.
     *
     * @return the number
     */
    public int partitions() {
        return partitions.size();
    }

    /**
     * Returns what was appended to a partition.
     *
     * @param partition from 0
     * @return a live list in the order of the positions
     */
    public List<StoredMessage> partition(int partition) {
        return partitions.get(partition);
    }

    /** Returns what was appended to all partitions, in the order in which it was appended. */
    List<StoredMessage> contents() {
        return partitions.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(StoredMessage::sequence))
                .toList();
    }

    /** Returns the messages that were sent, without copies, in order. */
    List<StoredMessage> originals() {
        return originals;
    }

    /** Returns how many messages were sent here, those that were lost on the way included. */
    int sent() {
        return sent;
    }

    /** Names the next message that is sent here. */
    Label label(int key) {
        sent++;
        if (key >= messagesOfKey.length) {
            messagesOfKey = Arrays.copyOf(messagesOfKey, key * 2);
        }
        return new Label(name, key, ++messagesOfKey[key]);
    }

    void capture(Snapshot into) {
        into.text(name).number(sent);
        for (int key = 0; key < messagesOfKey.length; key++) {
            if (messagesOfKey[key] > 0) {
                into.number(key).number(messagesOfKey[key]);
            }
        }
        into.text("");
    }

    StoredMessage append(OlderForms.Written sent, Label label, int partition, long sequence, Kind kind) {
        List<StoredMessage> log = partitions.get(partition);
        StoredMessage stored =
                new StoredMessage(sent.message(), label, partition, log.size(), sequence, kind, sent.form());
        log.add(stored);
        if (kind == Kind.ORIGINAL) {
            originals.add(stored);
        }
        return stored;
    }
}
