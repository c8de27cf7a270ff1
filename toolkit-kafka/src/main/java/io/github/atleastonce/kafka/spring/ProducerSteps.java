package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.kafka.ApplicationWire;
import io.github.atleastonce.kafka.RunRecords;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.spring.ContextLives;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.core.ProducerPostProcessor;

/**
 * Makes each send of the application a step: the record is durable when the send returns, and the process may die right after; or
 * the send reports an error. A life that has died sends nothing. What producers with transactions do are {@link TransactionSteps}.
 */
final class ProducerSteps<K, V> implements ProducerPostProcessor<K, V> {

    private final ProducerFactory<K, V> factory;
    private final ContextLives lives;
    private final PollingThreads polling;

    ProducerSteps(ProducerFactory<K, V> factory, ContextLives lives, PollingThreads polling) {
        this.factory = factory;
        this.lives = lives;
        this.polling = polling;
    }

    @Override
    public Producer<K, V> apply(Producer<K, V> bare) {
        return ClientProxy.over(Producer.class, bare, new Stepping(bare));
    }

    /** Gives futures to the application, which has to look at them itself. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private final class Stepping implements ClientProxy.Advice {

        private final Producer<K, V> bare;
        private final OlderSends<K, V> older;
        private volatile @Nullable TransactionSteps<K, V> transactions;

        Stepping(Producer<K, V> bare) {
            this.bare = bare;
            this.older = new OlderSends<>(factory, bare);
        }

        @Override
        public @Nullable Object on(ClientProxy.Call call) throws Throwable {
            if (call.name().equals("initTransactions")) {
                transactions = new TransactionSteps<>(bare, older, lives, polling);
            }
            TransactionSteps<K, V> within = transactions;
            if (within != null) {
                return within.on(call);
            }
            return call.name().equals("send") && call.argument(0) instanceof ProducerRecord<?, ?> sent
                    ? send(sent, call)
                    : call.proceed();
        }

        private @Nullable Object send(ProducerRecord<?, ?> sent, ClientProxy.Call call) throws Throwable {
            Optional<Lifetime> here = lives.here();
            here.ifPresent(Lifetime::refuseIfDead);
            Run run = lives.run().orElse(null);
            Lifetime present = lives.present().orElse(null);
            if (run == null || present == null || !run.current().isFollowed()) {
                return call.proceed();
            }
            Lifetime life = here.orElse(present);
            RunRecords.of(run).ifPresent(records -> records.publishBefore(sent.topic()));
            OlderSends.Outgoing outgoing = older.outgoing(run, sent, false);
            // What the body of the test lets the application send is no place for an error, but the history knows it.
            Optional<Fault> fault = here.flatMap(acting -> run.sends().fault(sent.topic()));
            if (fault.isPresent()) {
                return fail(run, life, fault.get(), outgoing, call.argument(1));
            }
            Optional<ApplicationWire> wire = here.flatMap(acting -> ApplicationWire.of(run));
            boolean lost = wire.map(proxy -> proxy.sends(sent.topic())).orElse(false);
            try {
                Future<RecordMetadata> landing = outgoing.way().send((Callback) call.argument(1));
                if (lost) {
                    bare.flush();
                } else {
                    land(run, life, outgoing, landing);
                }
                wire.ifPresent(ApplicationWire::done);
                here.ifPresent(acting -> run.steps().done(acting, new Step.Send(sent.topic())));
                return landing;
            } finally {
                wire.ifPresent(ApplicationWire::forget);
            }
        }

        private Object fail(
                Run run, Lifetime life, Fault fault, OlderSends.Outgoing outgoing, @Nullable Object callback) {
            if (fault == Fault.SEND_UNCERTAIN) {
                land(run, life, outgoing, outgoing.way().send(null));
            }
            UnacknowledgedSend send = new UnacknowledgedSend(outgoing.record().topic());
            if (callback instanceof Callback told) {
                send.tell(told);
            }
            return send;
        }

        /** Waits until the record is durable, and lets the history know. What could not be sent is the application's to hear of. */
        private void land(Run run, Lifetime life, OlderSends.Outgoing outgoing, Future<RecordMetadata> landing) {
            bare.flush();
            new SentRecord(outgoing.record(), landing).note(run, life);
        }
    }
}
