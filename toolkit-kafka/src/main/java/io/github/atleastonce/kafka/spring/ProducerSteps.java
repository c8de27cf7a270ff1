package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.run.Life;
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
 * the send reports an error. A life that has died sends nothing. In a transaction of Kafka a send takes effect only with its
 * commit: what a transactional producer sends is no step.
 */
final class ProducerSteps<K, V> implements ProducerPostProcessor<K, V> {

    private final ContextLives lives;

    ProducerSteps(ContextLives lives) {
        this.lives = lives;
    }

    @Override
    public Producer<K, V> apply(Producer<K, V> bare) {
        return ClientProxy.over(Producer.class, bare, new Stepping(bare));
    }

    /** Gives futures to the application, which has to look at them itself. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private final class Stepping implements ClientProxy.Advice {

        private final Producer<K, V> bare;
        private volatile boolean transactional;

        Stepping(Producer<K, V> bare) {
            this.bare = bare;
        }

        @Override
        public @Nullable Object on(ClientProxy.Call call) throws Throwable {
            if (call.name().equals("initTransactions")) {
                transactional = true;
            }
            Optional<Life> life = call.name().equals("send") && !transactional ? lives.here() : Optional.empty();
            return life.isPresent() ? send(life.get(), call) : call.proceed();
        }

        private @Nullable Object send(Life life, ClientProxy.Call call) throws Throwable {
            life.refuseIfDead();
            if (!life.takesSteps() || !(call.argument(0) instanceof ProducerRecord<?, ?> sent)) {
                return call.proceed();
            }
            Optional<Fault> fault = life.sendFault(sent.topic());
            if (fault.isPresent()) {
                return fail(fault.get(), call, sent.topic());
            }
            Object landing = call.proceed();
            bare.flush();
            life.step("send " + sent.topic());
            return landing;
        }

        @SuppressWarnings("unchecked")
        private UnacknowledgedSend fail(Fault fault, ClientProxy.Call call, String topic) {
            if (fault == Fault.SEND_UNCERTAIN) {
                bare.send((ProducerRecord<K, V>) call.argument(0));
                bare.flush();
            }
            UnacknowledgedSend send = new UnacknowledgedSend(topic);
            if (call.argument(1) instanceof Callback callback) {
                send.tell(callback);
            }
            return send;
        }
    }
}
