package io.github.atleastonce.queue;

import io.github.atleastonce.contract.TransportContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server of queues in memory, which counts deliveries and puts aside what came too often; open for what breaks it. Safe for use by several threads. */
class MemoryQueues implements QueueServer {

    static final int LIMIT = 4;

    private final List<String> names;
    private final Map<String, List<Entry>> queues = new HashMap<>();
    private int identities;

    /** A message in a queue. */
    static final class Entry {

        final String identity;
        final Envelope envelope;
        int deliveries;
        boolean taken;

        Entry(String identity, Envelope envelope) {
            this.identity = identity;
            this.envelope = envelope;
        }
    }

    MemoryQueues() {
        this(TransportContract.ORDERS, TransportContract.REPLIES, TransportContract.DEAD, "tasks");
    }

    MemoryQueues(String... names) {
        this.names = List.of(names);
        purge();
    }

    @Override
    public boolean has(String queue) {
        return queues.containsKey(queue);
    }

    @Override
    public synchronized String put(String queue, Envelope message) {
        String identity = "id-" + ++identities;
        in(queue).add(new Entry(identity, message));
        return identity;
    }

    @Override
    public synchronized Optional<InHand> take(String queue) {
        return in(queue).stream().filter(entry -> !entry.taken).findFirst().map(entry -> {
            entry.taken = true;
            entry.deliveries++;
            return new Hand(queue, entry);
        });
    }

    private final class Hand implements InHand {

        private final String queue;
        private final Entry entry;

        Hand(String queue, Entry entry) {
            this.queue = queue;
            this.entry = entry;
        }

        @Override
        public String identity() {
            return entry.identity;
        }

        @Override
        public Envelope envelope() {
            return entry.envelope;
        }

        @Override
        public int deliveries() {
            return entry.deliveries;
        }

        @Override
        public void acknowledge() {
            remove(queue, entry);
        }

        @Override
        public void giveBack() {
            MemoryQueues.this.giveBack(queue, entry);
        }

        @Override
        public void putAside() {
            MemoryQueues.this.putAside(queue, entry);
        }
    }

    synchronized void giveBack(String queue, Entry entry) {
        entry.taken = false;
        if (entry.deliveries >= LIMIT) {
            putAside(queue, entry);
        }
    }

    private synchronized void putAside(String queue, Entry entry) {
        in(queue).remove(entry);
        in(TransportContract.DEAD).add(new Entry(entry.identity, entry.envelope));
    }

    private synchronized void remove(String queue, Entry entry) {
        in(queue).remove(entry);
    }

    synchronized List<Entry> in(String queue) {
        return queues.getOrDefault(queue, new ArrayList<>());
    }

    @Override
    public synchronized long size(String queue) {
        return in(queue).size();
    }

    /** What is in the hands of somebody is his, as on most servers, until he gives it back. */
    @Override
    public synchronized void purge() {
        names.forEach(
                queue -> queues.computeIfAbsent(queue, any -> new ArrayList<>()).removeIf(entry -> !entry.taken));
    }

    @Override
    public Optional<String> deadLetterQueue(String queue) {
        return queue.equals(TransportContract.ORDERS) ? Optional.of(TransportContract.DEAD) : Optional.empty();
    }

    @Override
    public int deliveryLimit() {
        return LIMIT;
    }

    @Override
    public boolean countsDeliveries() {
        return true;
    }
}
