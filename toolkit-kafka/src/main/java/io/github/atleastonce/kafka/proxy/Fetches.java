package io.github.atleastonce.kafka.proxy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** What consumers fetch: they may find a partition empty until it is its turn. While somebody watches they wait shortly for records, so that they go on soon. */
final class Fetches implements Inspection {

    private static final int SHORT_WAIT_MILLIS = 20;

    /** A client may take its time with other things only after an answer. */
    private static final long LONGEST_HOLD_NANOS =
            Duration.ofMillis(SHORT_WAIT_MILLIS).toNanos();

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Watching watching;
    private final TopicIds topics;
    private final Members members;
    private final Map<Reading, Long> positions = new ConcurrentHashMap<>();

    /** A client that reads a partition; it names its position only when that is another one than in its last request. */
    private record Reading(String door, String client, TopicPartition partition) {}

    private final OneByOne oneByOne;

    Fetches(Watching watching, TopicIds topics, Members members, OneByOne oneByOne) {
        this.oneByOne = oneByOne;
        this.watching = watching;
        this.topics = topics;
        this.members = members;
    }

    @Override
    public void asked(Exchange exchange, Line line) {
        Struct request = exchange.request();
        boolean watched = watching.present() != null;
        if (request != null && watched && request.number("maxWaitMs") > SHORT_WAIT_MILLIS) {
            request.set("maxWaitMs", SHORT_WAIT_MILLIS);
            exchange.requestChanged();
        }
        if (request != null) {
            for (Struct topic : request.structs("topics")) {
                String name = topics.nameOf(topic, "topic");
                for (Struct partition : topic.structs("partitions")) {
                    TopicPartition read = new TopicPartition(name, partition.number("partition"));
                    long offset = partition.longNumber("fetchOffset");
                    positions.put(new Reading(line.door(), exchange.client(), read), offset);
                    if (watched && members.hasLeaving()) {
                        members.evictIfDue(line.door(), exchange.client(), read, offset);
                    }
                }
            }
        }
    }

    /** A partition that is empty from some record on ends there: who merges several of them waits for none in which nothing is to come. */
    private static void endAt(Struct partition, long offset) {
        for (String end : List.of("highWatermark", "lastStableOffset")) {
            if (partition.has(end) && partition.longNumber(end) > offset) {
                partition.set(end, offset);
            }
        }
    }

    @Override
    public void answered(Exchange exchange, Line line) {
        Watch watch = watching.present();
        Struct answer = exchange.response();
        String group = members.groupOf(line.door(), exchange.client());
        if (watch == null || answer == null) {
            return;
        }
        if (group.isEmpty()) {
            if (!members.isMember(line.door(), exchange.client())) {
                fetched(answer).forEach(fetched -> watch.readAlone(exchange.client(), fetched.read()));
            }
            return;
        }
        Giving giving = new Giving(watch, exchange, line, group);
        List<Fetched> all = fetched(answer);
        long changes = watch.changes();
        List<Fetched> kept = all.stream().filter(giving::keeps).toList();
        long end = System.nanoTime() + LONGEST_HOLD_NANOS;
        while (!kept.isEmpty() && kept.size() == all.size() && giving.mayHold() && System.nanoTime() - end < 0) {
            watch.awaitChange(changes);
            changes = watch.changes();
            kept = kept.stream().filter(giving::keeps).toList();
        }
        kept.forEach(giving::keep);
    }

    private List<Fetched> fetched(Struct answer) {
        List<Fetched> fetched = new ArrayList<>();
        for (Struct topic : answer.structs("responses")) {
            String name = topics.nameOf(topic, "topic");
            for (Struct partition : topic.structs("partitions")) {
                ByteBuffer records = partition.bytes("records");
                if (records != null && records.hasRemaining()) {
                    TopicPartition read = new TopicPartition(name, partition.number("partitionIndex"));
                    fetched.add(new Fetched(read, partition, records));
                }
            }
        }
        return fetched;
    }

    /** Records of one partition that a member has fetched. */
    private record Fetched(TopicPartition read, Struct partition, ByteBuffer records) {}

    /** What one member is given of what it has fetched. */
    private final class Giving {

        private final Watch watch;
        private final Exchange exchange;
        private final Line line;
        private final String group;
        private boolean again;

        Giving(Watch watch, Exchange exchange, Line line, String group) {
            this.watch = watch;
            this.exchange = exchange;
            this.line = line;
            this.group = group;
        }

        /** Says whether it is worth while to wait: what comes later may be given, and nobody waits behind it. */
        boolean mayHold() {
            return !again && !exchange.keepsOthersWaiting();
        }

        /** Gives as much as may be given; says whether that is nothing. */
        boolean keeps(Fetched fetched) {
            Struct partition = fetched.partition();
            long limit = watch.givesBefore(group, fetched.read(), partition.longNumber("highWatermark"));
            again |= limit == Watch.FETCH_AGAIN;
            ByteBuffer open = Batches.before(fetched.records(), limit);
            ByteBuffer part = open.hasRemaining() ? oneByOne.of(group, fetched.read(), partition, open) : open;
            if (!part.hasRemaining()) {
                return true;
            }
            shorten(fetched, part);
            Verdict verdict = watch.delivering(line.door(), group, fetched.read());
            if (verdict == Verdict.EVICT) {
                members.evictLater(line.door(), exchange.client(), fetched.read(), part.getLong(0));
            } else if (verdict == Verdict.CUT) {
                throw new CutException("before records were given");
            }
            return false;
        }

        /** Lets a member find a partition empty. */
        void keep(Fetched fetched) {
            shorten(fetched, NOTHING);
        }

        private void shorten(Fetched fetched, ByteBuffer part) {
            if (part != fetched.records()) {
                Reading reading = new Reading(line.door(), exchange.client(), fetched.read());
                long position = positions.getOrDefault(reading, 0L);
                Batches.nextAfter(part, fetched.records())
                        .ifPresent(left -> endAt(fetched.partition(), Math.max(left, position)));
                fetched.partition().set("records", part);
                exchange.responseChanged();
            }
        }
    }
}
