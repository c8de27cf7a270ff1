package io.github.atleastonce.kafka.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What clients append: it may fail, seem to fail, or be appended twice. */
final class Appends implements Inspection {

    private static final int UNKNOWN_SERVER_ERROR = -1;
    private static final int OLDEST_WITH_TRANSACTIONS = 3;

    private final Watching watching;
    private final TopicIds topics;
    private final Errand errand;
    private final Messages messages;

    private final Sequences sequences = new Sequences();
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();

    private record Batch(Append append, Struct topic, Struct partition, ByteBuffer records) {}

    /** A producer puts the partitions of a request into another order each time. */
    private static final Comparator<Batch> ORDER = Comparator.<Batch, String>comparing(
                    batch -> batch.append().topic())
            .thenComparing(batch -> batch.append().partition());

    Appends(Watching watching, TopicIds topics, Errand errand, Messages messages) {
        this.watching = watching;
        this.topics = topics;
        this.errand = errand;
        this.messages = messages;
    }

    /** Says whether the broker answers: where nobody wants an acknowledgement of what is appended, it does not. */
    static boolean isAnswered(Exchange exchange) {
        return !exchange.is(Api.PRODUCE) || isAcknowledged(exchange);
    }

    private static boolean isAcknowledged(Exchange exchange) {
        Struct request = exchange.request();
        if (request != null) {
            return request.number("acks") != 0;
        }
        if (exchange.version() >= OLDEST_WITH_TRANSACTIONS) {
            return true;
        }
        ByteBuffer bytes = exchange.bytesAsked();
        bytes.position(8);
        WireReader reader = new WireReader(bytes);
        reader.text();
        return reader.int16() != 0;
    }

    @Override
    public void asked(Exchange exchange, Line line) {
        Watch watch = watching.present();
        Struct request = exchange.request();
        if (request == null || request.number("acks") == 0) {
            return;
        }
        List<Batch> lost = new ArrayList<>();
        List<Batch> rest = new ArrayList<>();
        for (Batch batch : batches(exchange, line)) {
            (sequences.isLost(batch.append(), batch.records()) ? lost : rest).add(batch);
        }
        if (watch != null && !rest.isEmpty()) {
            AppendVerdict decided =
                    watch.appending(rest.stream().map(Batch::append).toList());
            Verdict verdict = decided.verdict();
            exchange.verdict(decided);
            if (verdict == Verdict.CUT) {
                throw new CutException("before an append");
            }
            if (verdict == Verdict.FAIL) {
                exchange.answerInstead(failure(exchange, request));
                return;
            }
            if (verdict == Verdict.LOSE) {
                rest.removeIf(batch -> decided.hits(batch.append())
                        && sequences.lose(batch.append(), batch.records())
                        && lost.add(batch));
            }
        }
        for (Batch batch : rest) {
            if (batch.append().transactional()) {
                continue; // Nothing is lost out of a transaction.
            }
            ByteBuffer shown = sequences.shown(batch.append(), batch.records());
            if (shown != batch.records()) {
                batch.partition().set("records", shown);
                exchange.requestChanged();
            }
        }
        if (!lost.isEmpty()) {
            lose(exchange, request, lost);
        }
    }

    /** The broker is asked for the rest, if there is any. */
    private void lose(Exchange exchange, Struct request, List<Batch> lost) {
        Struct answer = Struct.blank(messages.response(Api.PRODUCE, exchange.version()));
        for (Batch batch : lost) {
            Append append = batch.append();
            answerFor(answer, batch.topic())
                    .set("index", append.partition())
                    .set("baseOffset", ends.getOrDefault(append.topicPartition(), 0L));
            List<Struct> rest = batch.topic().structs("partitionData");
            rest.remove(batch.partition());
            batch.topic().set("partitionData", rest);
        }
        List<Struct> topics = request.structs("topicData");
        topics.removeIf(topic -> topic.structs("partitionData").isEmpty());
        request.set("topicData", topics);
        exchange.requestChanged();
        if (topics.isEmpty()) {
            exchange.answerInstead(answer);
        } else {
            exchange.supplement(answer);
        }
    }

    private static Struct answerFor(Struct answer, Struct topic) {
        String id = topic.has("name") ? "name" : "topicId";
        Struct present = answer.structs("responses").stream()
                .filter(other -> Objects.equals(topic.get(id), other.get(id)))
                .findFirst()
                .orElseGet(() -> answer.add("responses").set(id, topic.get(id)));
        Struct partition = present.add("partitionResponses");
        return partition.has("logAppendTimeMs") ? partition.set("logAppendTimeMs", -1L) : partition;
    }

    @Override
    public void answered(Exchange exchange, Line line) {
        Watch watch = watching.present();
        Struct request = exchange.request();
        Struct answer = exchange.response();
        Struct supplement = exchange.supplement();
        if (answer != null && supplement != null) {
            List<Struct> all = answer.structs("responses");
            all.addAll(supplement.structs("responses"));
            answer.set("responses", all);
            exchange.responseChanged();
        }
        if (watch == null || request == null || answer == null || exchange.verdict() == Verdict.FAIL) {
            return;
        }
        for (Batch batch : batches(exchange, line)) {
            Struct written = find(answer, batch);
            if (written != null && written.number("errorCode") == 0) {
                if (exchange.isTwice(batch.append())) {
                    long end = repeat(exchange, line, request, batch);
                    ends.merge(batch.append().topicPartition(), end, Math::max);
                    watch.copied(batch.append().topicPartition(), end);
                }
                long begin = written.longNumber("baseOffset");
                ends.merge(
                        batch.append().topicPartition(), begin + batch.append().records(), Math::max);
                if (!watch.appended(batch.append(), begin)) {
                    throw new CutException("after an append");
                }
            }
        }
        if (exchange.verdict() == Verdict.CUT_AFTER) {
            throw new CutException("after an append");
        }
        if (exchange.verdict() == Verdict.LOSE_ANSWER) {
            exchange.respond(failure(exchange, request));
        }
    }

    private List<Batch> batches(Exchange exchange, Line line) {
        List<Batch> batches = new ArrayList<>();
        Struct request = exchange.request();
        if (request == null) {
            return batches;
        }
        for (Struct topic : request.structs("topicData")) {
            String name = topics.nameOf(topic, "name");
            for (Struct partition : topic.structs("partitionData")) {
                ByteBuffer records = partition.bytes("records");
                if (records != null && Batches.areReadable(records)) {
                    Append append = new Append(
                            line.door(),
                            exchange.client(),
                            name,
                            partition.number("index"),
                            Batches.count(records),
                            Batches.isTransactional(records),
                            sequences.wasShown(new TopicPartition(name, partition.number("index")), records));
                    batches.add(new Batch(append, topic, partition, records));
                }
            }
        }
        batches.sort(ORDER);
        return batches;
    }

    private @Nullable Struct find(Struct answer, Batch batch) {
        for (Struct topic : answer.structs("responses")) {
            if (topics.nameOf(topic, "name").equals(batch.append().topic())) {
                for (Struct partition : topic.structs("partitionResponses")) {
                    if (partition.number("index") == batch.append().partition()) {
                        return partition;
                    }
                }
            }
        }
        return null;
    }

    /** An error that clients do not answer by trying again. */
    private Struct failure(Exchange exchange, Struct request) {
        Struct failure = Struct.blank(messages.response(Api.PRODUCE, exchange.version()));
        for (Struct topic : request.structs("topicData")) {
            for (Struct partition : topic.structs("partitionData")) {
                answerFor(failure, topic)
                        .set("index", partition.number("index"))
                        .set("errorCode", UNKNOWN_SERVER_ERROR)
                        .set("baseOffset", -1L);
            }
        }
        return failure;
    }

    /** Appends a batch once more, as a producer of its own: to the broker, a numbered one would be the same again. Returns where it ends. */
    private long repeat(Exchange exchange, Line line, Struct request, Batch batch) {
        Struct again = Struct.blank(request.schema());
        again.set("acks", -1).set("timeoutMs", request.number("timeoutMs"));
        Struct topic = again.add("topicData");
        String id = topic.has("name") ? "name" : "topicId";
        topic.set(id, batch.topic().get(id));
        topic.add("partitionData")
                .set("index", batch.append().partition())
                .set("records", Batches.unnumbered(batch.records()));
        try {
            Struct answer = errand.ask(line.broker(), Api.PRODUCE, exchange.version(), again);
            Struct written = find(answer, batch);
            if (written == null || written.number("errorCode") != 0) {
                throw new CutException("A copy was refused.");
            }
            return written.longNumber("baseOffset") + batch.append().records();
        } catch (IOException away) {
            throw new CutException("A copy could not be appended: " + away);
        }
    }
}
