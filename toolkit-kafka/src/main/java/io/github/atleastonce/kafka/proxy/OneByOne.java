package io.github.atleastonce.kafka.proxy;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Groups that commit when a clock or another thread says so, as those of Kafka Streams and of SmallRye do: they are given one batch of a partition at a
 * time, and the next one once that is committed. Else it would be chance how many records a commit covers. Safe for use by several threads.
 */
final class OneByOne implements Inspection {

    /** The assignor of Kafka Streams, by which its groups are known. */
    private static final String STREAMS = "stream";

    /** How the ids of the clients begin that SmallRye Reactive Messaging makes, as long as nobody gives them another one. */
    private static final String SMALLRYE = "kafka-consumer-";

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Set<String> groups = ConcurrentHashMap.newKeySet();
    private final Map<Reading, Given> given = new ConcurrentHashMap<>();

    private record Reading(String group, TopicPartition partition) {}

    /** What was given last: from the first offset to before the second. */
    private record Given(long begin, long end) {}

    /** Forgets what was given: what a former run has left uncommitted, nobody waits for. */
    void begin() {
        given.clear();
    }

    @Override
    public void asked(Exchange exchange, Line line) {
        Struct request = exchange.request();
        if (request != null && (exchange.client().startsWith(SMALLRYE) || isOfStreams(request))) {
            groups.add(request.textOf("groupId"));
        }
    }

    private static boolean isOfStreams(Struct request) {
        return request.structs("protocols").stream()
                .anyMatch(protocol -> protocol.textOf("name").equals(STREAMS));
    }

    /** Takes note of what the broker has committed. */
    void committed(Commit commit) {
        commit.offsets()
                .forEach((partition, offset) -> given.computeIfPresent(
                        new Reading(commit.group(), partition), (reading, last) -> offset < last.end() ? last : null));
    }

    /** Returns as much of what a member has fetched as it may be given, which is nothing while it has something else in hand. */
    ByteBuffer of(String group, TopicPartition partition, Struct answer, ByteBuffer fetched) {
        if (!groups.contains(group) || !Batches.areReadable(fetched)) {
            return fetched;
        }
        int first = Batches.firstRead(fetched, answer.structs("abortedTransactions"));
        if (first < 0) {
            return fetched;
        }
        Given next = new Given(Batches.begin(fetched, first), Batches.end(fetched, first));
        Given last = given.merge(
                new Reading(group, partition), next, (known, now) -> now.begin() > known.begin() ? known : now);
        return next.equals(last) ? Batches.upTo(fetched, first) : NOTHING;
    }
}
