package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.channel.OlderForms;
import io.github.atleastonce.channel.Releases;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.kafka.RunRecords;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Lets a release before today's write what the application sends. Its own producer sends that, where a text stands for a text or a record of Avro for
 * another, of which nothing of the application's but its serializer knows; bytes in the place of an object, which no producer of objects takes, one of the
 * run sends, with the key and the headers of the application's.
 */
final class OlderSends<K, V> {

    /** Chooses partitions, or changes records, of a producer: what is sent without it may go elsewhere or be another. */
    private static final List<String> CHANGING =
            List.of(ProducerConfig.PARTITIONER_CLASS_CONFIG, ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);

    private final ProducerFactory<K, V> factory;
    private final Producer<K, V> bare;

    OlderSends(ProducerFactory<K, V> factory, Producer<K, V> bare) {
        this.factory = factory;
        this.bare = bare;
    }

    /**
     * A record and the way that it goes.
     *
     * @param record what the history knows it by
     * @param way sends it
     */
    record Outgoing(ProducerRecord<?, ?> record, Way way) {}

    /** Sends a record. */
    @FunctionalInterface
    interface Way {

        /** Sends it, and lets the application be called back. */
        Future<RecordMetadata> send(@Nullable Callback callback);
    }

    /** Asks by which release a record is written. */
    Outgoing outgoing(Run run, ProducerRecord<?, ?> any, boolean transactional) {
        ProducerRecord<K, V> sent = ofThis(any);
        Outgoing today = of(sent);
        RunRecords records = RunRecords.of(run).orElse(null);
        if (records == null || sent.value() == null || !run.faults().offers(Fault.OLD_SCHEMA)) {
            return today;
        }
        Message message = records.message(sent);
        List<Integer> versions = Releases.versions(run, sent.topic(), message);
        if (versions.isEmpty()) {
            return today;
        }
        OlderForms forms = run.belonging(OlderForms.class).orElseThrow();
        Object first =
                forms.written(sent.topic(), message, versions.get(0), true).form();
        String obstacle = first == null
                ? ""
                : forms.areBytes(sent.topic(), message) ? obstacle(transactional) : obstacle(sent, first);
        if (!obstacle.isEmpty()) {
            run.history()
                    .caveats()
                    .remark("older versions of " + message.type() + ", sent to '" + sent.topic() + "', not tried: "
                            + obstacle);
            return today;
        }
        OlderForms.Written written = Releases.ask(
                run,
                sent.topic(),
                message,
                () -> run.current().cause().name() + "/" + new Step.Send(sent.topic()).name(),
                versions,
                true);
        Object instead = written.form();
        if (instead instanceof byte[] ofThen) {
            return new Outgoing(sent, callback -> records.sendInstead(bytes(sent, ofThen), callback));
        }
        if (instead != null) {
            return new Outgoing(sent, callback -> bare.send(with(sent, instead), callback));
        }
        return written.message().payload() == sent.value()
                ? today
                : of(with(sent, written.message().payload()));
    }

    private Outgoing of(ProducerRecord<K, V> record) {
        return new Outgoing(record, callback -> bare.send(record, callback));
    }

    @SuppressWarnings("unchecked")
    private ProducerRecord<K, V> ofThis(ProducerRecord<?, ?> record) {
        return (ProducerRecord<K, V>) record;
    }

    /** Says in a sentence's end why no bytes can go in the place of an object, or nothing. */
    private String obstacle(boolean transactional) {
        return transactional ? "objects are sent in a transaction of Kafka" : obstacle();
    }

    /** Says in a sentence's end why no record of another class can go in the place of one of a generated class, or nothing. */
    private String obstacle(ProducerRecord<K, V> sent, Object instead) {
        String obstacle = obstacle();
        if (!obstacle.isEmpty()) {
            return obstacle;
        }
        try {
            Objects.requireNonNull(FactorySerializers.ofValues(factory))
                    .serialize(sent.topic(), new RecordHeaders(sent.headers()), instead);
            return "";
        } catch (RuntimeException refused) {
            return "the producer's serializer writes none by another schema (" + refused + ")";
        }
    }

    private String obstacle() {
        for (String changing : CHANGING) {
            if (configuration().containsKey(changing)) {
                return "the producer has " + changing;
            }
        }
        return configuration().isEmpty()
                        || FactorySerializers.ofKeys(factory) == null
                        || FactorySerializers.ofValues(factory) == null
                ? "the producer has serializers that are not known"
                : "";
    }

    /** A factory of another kind than Spring's own need not tell. */
    private Map<String, Object> configuration() {
        try {
            return factory.getConfigurationProperties();
        } catch (UnsupportedOperationException untold) {
            return Map.of();
        }
    }

    /** As the application's producer does, which serializes the event of today, too: its serializer adds headers that belong to it. */
    private ProducerRecord<byte[], byte[]> bytes(ProducerRecord<K, V> sent, byte[] value) {
        Headers headers = sent.headers();
        Serializer<Object> keys = Objects.requireNonNull(FactorySerializers.ofKeys(factory));
        byte[] key = sent.key() == null ? null : keys.serialize(sent.topic(), headers, sent.key());
        Objects.requireNonNull(FactorySerializers.ofValues(factory)).serialize(sent.topic(), headers, sent.value());
        return new ProducerRecord<>(sent.topic(), sent.partition(), sent.timestamp(), key, value, headers);
    }

    /** What a producer of texts, bytes or records sends, it sends in another form, too. */
    @SuppressWarnings("unchecked")
    private ProducerRecord<K, V> with(ProducerRecord<K, V> sent, Object payload) {
        return new ProducerRecord<>(
                sent.topic(), sent.partition(), sent.timestamp(), sent.key(), (V) payload, sent.headers());
    }
}
