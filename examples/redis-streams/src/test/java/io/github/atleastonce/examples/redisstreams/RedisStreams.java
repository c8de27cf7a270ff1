package io.github.atleastonce.examples.redisstreams;

import io.github.atleastonce.queue.Envelope;
import io.github.atleastonce.queue.QueueServer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XClaimParams;
import redis.clients.jedis.params.XPendingParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamGroupInfo;
import redis.clients.jedis.resps.StreamPendingEntry;

/**
 * Streams of Redis, each read by one consumer group, as queues. What was delivered and not acknowledged stays in the list of what is pending, from which
 * whoever comes next claims it: that is how something is given back.
 */
final class RedisStreams implements QueueServer {

    private static final String BODY = "body";
    private static final String CONSUMER = "test";
    private static final int ALL = 1_000;

    private final Jedis redis;
    private final String group;
    private final Set<String> streams;
    private final Set<String> inHand = new HashSet<>();

    RedisStreams(Jedis redis, String group, Set<String> streams) {
        this.redis = redis;
        this.group = group;
        this.streams = streams;
    }

    @Override
    public boolean has(String queue) {
        return streams.contains(queue);
    }

    @Override
    public String put(String queue, Envelope message) {
        Map<String, String> fields = new HashMap<>(message.properties());
        if (message.body() != null) {
            fields.put(BODY, message.body());
        }
        return redis.xadd(queue, StreamEntryID.NEW_ENTRY, fields).toString();
    }

    @Override
    public Optional<InHand> take(String queue) {
        return claim(queue).or(() -> readNext(queue)).map(entry -> {
            inHand.add(queue + entry.getID());
            return new Hand(this, queue, entry, deliveries(queue, entry.getID()));
        });
    }

    private Optional<StreamEntry> claim(String queue) {
        return redis.xpending(queue, group, XPendingParams.xPendingParams("-", "+", ALL)).stream()
                .map(StreamPendingEntry::getID)
                .filter(id -> !inHand.contains(queue + id))
                .findFirst()
                .map(id -> redis.xclaim(queue, group, CONSUMER, 0, XClaimParams.xClaimParams(), id)
                        .get(0));
    }

    private Optional<StreamEntry> readNext(String queue) {
        List<Map.Entry<String, List<StreamEntry>>> read = redis.xreadGroup(
                group,
                CONSUMER,
                XReadGroupParams.xReadGroupParams().count(1),
                Map.of(queue, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
        return read == null || read.isEmpty()
                ? Optional.empty()
                : Optional.of(read.get(0).getValue().get(0));
    }

    private int deliveries(String queue, StreamEntryID id) {
        return (int) redis.xpending(queue, group, XPendingParams.xPendingParams(id.toString(), id.toString(), 1))
                .get(0)
                .getDeliveredTimes();
    }

    private record Hand(RedisStreams server, String queue, StreamEntry entry, int deliveries) implements InHand {

        @Override
        public String identity() {
            return entry.getID().toString();
        }

        @Override
        public Envelope envelope() {
            Map<String, String> properties = new HashMap<>(entry.getFields());
            String body = properties.remove(BODY);
            return new Envelope(properties, body);
        }

        @Override
        public void acknowledge() {
            server.redis.xack(queue, server.group, entry.getID());
            giveBack();
        }

        @Override
        public void giveBack() {
            server.inHand.remove(queue + entry.getID());
        }
    }

    /** What nobody has read yet, and what is pending. */
    @Override
    public long size(String queue) {
        StreamGroupInfo info = redis.xinfoGroups(queue).get(0);
        return info.getPending() + (long) info.getGroupInfo().get("lag");
    }

    @Override
    public void purge() {
        inHand.clear();
        streams.forEach(stream -> {
            redis.del(stream);
            redis.xgroupCreate(stream, group, new StreamEntryID("0-0"), true);
        });
    }

    @Override
    public boolean countsDeliveries() {
        return true;
    }
}
