package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.kafka.RunRecords;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.spring.ContextLives;
import java.util.Optional;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerPostProcessor;

/**
 * Makes each send of the application a step: the record is durable when the send returns, and the process may die right after; or
 * the send reports an error. A life that has died sends nothing. What producers with transactions do are {@link TransactionSteps}.
 */
final class ProducerSteps<K, V> implements ProducerPostProcessor<K, V> {

    private final ContextLives lives;
    private final PollingThreads polling;

    ProducerSteps(ContextLives lives, PollingThreads polling) {
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
        private volatile @Nullable TransactionSteps<K, V> transactions;

        Stepping(Producer<K, V> bare) {
            this.bare = bare;
        }

        @Override
        public @Nullable Object on(ClientProxy.Call call) throws Throwable {
            if (call.name().equals("initTransactions")) {
                transactions = new TransactionSteps<>(bare, lives, polling);
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
            // What the body of the test lets the application send is no place for a fault, but the history knows it.
            Optional<Fault> fault = here.flatMap(acting -> run.sends().fault(sent.topic()));
            if (fault.isPresent()) {
                return fail(run, life, fault.get(), sent, call.argument(1));
            }
            Object landing = call.proceed();
            land(run, life, sent, landing);
            here.ifPresent(acting -> run.steps().done(acting, new Step.Send(sent.topic())));
            return landing;
        }

        @SuppressWarnings("unchecked")
        private Object fail(Run run, Lifetime life, Fault fault, ProducerRecord<?, ?> sent, @Nullable Object callback) {
            if (fault == Fault.SEND_UNCERTAIN) {
                land(run, life, sent, bare.send((ProducerRecord<K, V>) sent));
            }
            UnacknowledgedSend send = new UnacknowledgedSend(sent.topic());
            if (callback instanceof Callback told) {
                send.tell(told);
            }
            return send;
        }

        /** Waits until the record is durable, and lets the history know. What could not be sent is the application's to hear of. */
        private void land(Run run, Lifetime life, ProducerRecord<?, ?> sent, @Nullable Object landing) {
            bare.flush();
            new SentRecord(sent, landing).note(run, life);
        }
    }
}
