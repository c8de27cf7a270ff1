package io.github.atleastonce.kafka.proxy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** What consumers fetch: they may find a partition empty until it is its turn. While somebody watches they wait shortly for records, so that they go on soon. */
final class Fetches implements Inspection {

    private static final int SHORT_WAIT_MILLIS = 20;

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
        if (watch == null || answer == null || group.isEmpty()) {
            return;
        }
        int given = 0;
        int kept = 0;
        for (Struct topic : answer.structs("responses")) {
            String name = topics.nameOf(topic, "topic");
            for (Struct partition : topic.structs("partitions")) {
                ByteBuffer records = partition.bytes("records");
                if (records == null || !records.hasRemaining()) {
                    continue;
                }
                TopicPartition read = new TopicPartition(name, partition.number("partitionIndex"));
                long limit = watch.givesBefore(group, read, partition.longNumber("highWatermark"));
                ByteBuffer open = Batches.before(records, limit);
                ByteBuffer part = open.hasRemaining() ? oneByOne.of(group, read, partition, open) : open;
                if (part != records) {
                    long position = positions.getOrDefault(new Reading(line.door(), exchange.client(), read), 0L);
                    Batches.nextAfter(part, records).ifPresent(left -> endAt(partition, Math.max(left, position)));
                    partition.set("records", part);
                    exchange.responseChanged();
                }
                if (part.hasRemaining()) {
                    given++;
                    Verdict verdict = watch.delivering(line.door(), group, read);
                    if (verdict == Verdict.EVICT) {
                        members.evictLater(line.door(), exchange.client(), read, part.getLong(0));
                    } else if (verdict == Verdict.CUT) {
                        throw new CutException("before records were given");
                    }
                } else {
                    kept++;
                }
            }
        }
        if (kept > 0 && given == 0) {
            watch.awaitChange();
        }
    }
}
