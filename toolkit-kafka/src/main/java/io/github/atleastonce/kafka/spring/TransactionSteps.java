package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.explore.DisturbedException;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.kafka.RunRecords;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.spring.ContextLives;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a producer with transactions: each send, the offsets that it takes along, and the commit, with which all of it takes effect. When the
 * life dies in a transaction that is taken back at once, as the next producer of the same transactional id would do. Belongs to the thread that
 * has the producer.
 */
final class TransactionSteps<K, V> {

    private final Producer<K, V> bare;
    private final OlderSends<K, V> older;
    private final ContextLives lives;
    private final PollingThreads polling;
    private final List<SentRecord> sent = new ArrayList<>(1);
    private boolean open;

    TransactionSteps(Producer<K, V> bare, OlderSends<K, V> older, ContextLives lives, PollingThreads polling) {
        this.bare = bare;
        this.older = older;
        this.lives = lives;
        this.polling = polling;
    }

    @Nullable
    Object on(ClientProxy.Call call) throws Throwable {
        switch (call.name()) {
            case "beginTransaction":
                return begin(call);
            case "send":
                return call.argument(0) instanceof ProducerRecord<?, ?> record ? send(record, call) : call.proceed();
            case "sendOffsetsToTransaction":
                return sendOffsets(call);
            case "commitTransaction":
                return commit(call);
            case "abortTransaction":
                return open ? end(call) : null; // It was taken back when the life died.
            default:
                return call.proceed();
        }
    }

    private @Nullable Object begin(ClientProxy.Call call) throws Throwable {
        Optional<Lifetime> here = lives.here();
        here.ifPresent(Lifetime::refuseIfDead);
        Object result = call.proceed();
        open = true;
        here.ifPresent(life -> life.onDeath(this::takeBack));
        return result;
    }

    private @Nullable Object send(ProducerRecord<?, ?> record, ClientProxy.Call call) throws Throwable {
        Optional<Lifetime> here = lives.here();
        here.ifPresent(Lifetime::refuseIfDead);
        Optional<Run> run = followed();
        run.flatMap(RunRecords::of).ifPresent(records -> records.publishBefore(record.topic()));
        if (run.isEmpty()) {
            return call.proceed();
        }
        OlderSends.Outgoing outgoing = older.outgoing(run.get(), record, true);
        Object landing = outgoing.way().send((Callback) call.argument(1));
        bare.flush();
        sent.add(new SentRecord(outgoing.record(), landing));
        here.ifPresent(life -> run.get().steps().done(life, new Step.Send(record.topic())));
        return landing;
    }

    private @Nullable Object sendOffsets(ClientProxy.Call call) throws Throwable {
        lives.here().ifPresent(Lifetime::refuseIfDead);
        if (polling.here().filter(ListenerTasks::isRebalanced).isPresent()) {
            throw new OffsetsNotCommittedException();
        }
        Object result = call.proceed();
        step("send offsets");
        return result;
    }

    private @Nullable Object commit(ClientProxy.Call call) throws Throwable {
        lives.here().ifPresent(Lifetime::refuseIfDead);
        Object result = call.proceed();
        open = false;
        List<SentRecord> durable = take();
        awaitVisible(durable);
        followed()
                .ifPresent(run -> lives.here()
                        .or(lives::present)
                        .ifPresent(life -> durable.forEach(record -> record.note(run, life))));
        step("commit transaction");
        return result;
    }

    private @Nullable Object end(ClientProxy.Call call) throws Throwable {
        open = false;
        List<SentRecord> aborted = take();
        Object result = call.proceed();
        awaitVisible(aborted);
        return result;
    }

    private List<SentRecord> take() {
        List<SentRecord> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** From now on what was sent is there for all who read it, or for nobody. */
    private void awaitVisible(List<SentRecord> ended) {
        List<RecordMetadata> written =
                ended.stream().flatMap(record -> record.written().stream()).toList();
        try {
            followed()
                    .ifPresent(run -> RunRecords.of(run)
                            .ifPresent(records ->
                                    records.awaitVisible(written, run.bounds().arrivalTimeout())));
        } catch (KafkaException | DisturbedException away) {
            return; // What reads them will find out.
        }
    }

    private void takeBack() {
        if (open) {
            open = false;
            sent.clear();
            try {
                bare.abortTransaction();
            } catch (KafkaException | IllegalStateException beyondHelp) {
                return; // Its time will run out.
            }
        }
    }

    private void step(String name) {
        followed().ifPresent(run -> lives.here().ifPresent(life -> run.steps().done(life, Step.named(name))));
    }

    private Optional<Run> followed() {
        return lives.run().filter(run -> run.current().isFollowed());
    }
}
