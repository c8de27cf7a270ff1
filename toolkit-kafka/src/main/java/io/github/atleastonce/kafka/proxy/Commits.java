package io.github.atleastonce.kafka.proxy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The offsets that members of groups commit: one may have to leave its group before, so that the broker refuses them. */
final class Commits implements Inspection {

    private final Watching watching;
    private final TopicIds topics;
    private final Members members;
    private final Errand errand;
    private final OneByOne oneByOne;

    Commits(Watching watching, TopicIds topics, Members members, Errand errand, OneByOne oneByOne) {
        this.oneByOne = oneByOne;
        this.watching = watching;
        this.topics = topics;
        this.members = members;
        this.errand = errand;
    }

    @Override
    public void asked(Exchange exchange, Line line) {
        Watch watch = watching.present();
        Struct request = exchange.request();
        if (watch == null || request == null) {
            return;
        }
        Commit commit = commit(exchange, request, line);
        if (!members.knows(commit.group(), commit.member()) || commit.offsets().isEmpty()) {
            return;
        }
        commit.offsets()
                .forEach((partition, offset) -> members.evictIfDue(line.door(), exchange.client(), partition, offset));
        Verdict verdict = watch.committing(commit);
        exchange.verdict(verdict);
        if (verdict == Verdict.CUT) {
            throw new CutException("before a commit");
        }
        if (verdict == Verdict.EVICT) {
            members.evict(commit.group(), commit.member(), line.broker());
        }
    }

    @Override
    public void answered(Exchange exchange, Line line) {
        Watch watch = watching.present();
        Struct request = exchange.request();
        Struct answer = exchange.response();
        if (watch == null || request == null || exchange.verdict() == null) {
            return;
        }
        Commit commit = commit(exchange, request, line);
        boolean done = answer != null && isDone(answer);
        if (done) {
            oneByOne.committed(commit);
        }
        // The run may end once all is committed, and the next one is to find the member gone.
        if (exchange.verdict() == Verdict.LOSE_ANSWER) {
            members.evict(commit.group(), commit.member(), line.broker());
            exchange.respond(askAgain(exchange, request, line));
        }
        if (!watch.committed(commit, done)) {
            throw new CutException("after a commit");
        }
    }

    /** As a client does that has lost the answer; what it is told then comes from the broker. */
    private Struct askAgain(Exchange exchange, Struct request, Line line) {
        Api api = exchange.is(Api.OFFSET_COMMIT) ? Api.OFFSET_COMMIT : Api.TXN_OFFSET_COMMIT;
        try {
            return errand.ask(line.broker(), api, exchange.version(), request);
        } catch (IOException away) {
            throw new CutException("A commit could not be repeated: " + away);
        }
    }

    private static boolean isDone(Struct answer) {
        return answer.structs("topics").stream()
                .flatMap(topic -> topic.structs("partitions").stream())
                .allMatch(partition -> partition.number("errorCode") == 0);
    }

    private Commit commit(Exchange exchange, Struct request, Line line) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Struct topic : request.structs("topics")) {
            String name = topics.nameOf(topic, "name");
            for (Struct partition : topic.structs("partitions")) {
                offsets.put(
                        new TopicPartition(name, partition.number("partitionIndex")),
                        partition.longNumber("committedOffset"));
            }
        }
        return new Commit(
                line.door(),
                request.textOf("groupId"),
                request.textOf("memberId"),
                offsets,
                exchange.is(Api.TXN_OFFSET_COMMIT));
    }
}
