package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.kafka.RecordFormat;
import io.github.atleastonce.run.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * Writes what a test sends as the application in its context does: by the serializer of the first producer factory whose records the listeners of
 * the topic read as what was sent, else by the counterpart of what these listeners read with, else plainly. Text and bytes are taken as they
 * stand wherever the listeners can read them so.
 */
final class ApplicationFormat {

    private final Supplier<Collection<ProducerFactory<?, ?>>> factories;
    private final Supplier<Collection<AbstractMessageListenerContainer<?, ?>>> listeners;
    private final Map<String, Topic> topics = new HashMap<>();

    ApplicationFormat(
            Supplier<Collection<ProducerFactory<?, ?>>> factories,
            Supplier<Collection<AbstractMessageListenerContainer<?, ?>>> listeners) {
        this.factories = factories;
        this.listeners = listeners;
    }

    RecordFormat format() {
        return new RecordFormat(this::key, new Serializer<>() {

            @Override
            public byte[] serialize(String topic, Object payload) {
                return serialize(topic, new RecordHeaders(), payload);
            }

            @Override
            public byte[] serialize(String topic, Headers headers, Object payload) {
                return value(topic, headers, payload);
            }
        });
    }

    /** How a record is read by the listeners of its topic, the worst of them. */
    private enum Fit {
        UNREADABLE,
        READABLE,
        SAME_TYPE,
        EQUAL
    }

    private record Written(byte[] bytes, Headers headers, Fit fit) {}

    /** What writes to a topic and reads from it. */
    private record Topic(
            String name,
            List<Serializer<Object>> keysOut,
            List<Serializer<Object>> valuesOut,
            List<Deserializer<?>> keysIn,
            List<Deserializer<?>> valuesIn) {}

    private byte[] value(String name, Headers headers, Object payload) {
        Topic topic = topic(name);
        boolean asItStands = payload instanceof String || payload instanceof byte[];
        List<Serializer<Object>> candidates = new ArrayList<>(topic.valuesOut());
        candidates.add(asItStands ? 0 : candidates.size(), RecordFormat.PLAIN.values());
        Written best = null;
        for (Serializer<Object> candidate : candidates) {
            Written written = write(topic, topic.valuesIn(), candidate, headers, payload);
            if (written != null && (best == null || written.fit().compareTo(best.fit()) > 0)) {
                best = written;
            }
            if (best != null && best.fit().compareTo(asItStands ? Fit.READABLE : Fit.EQUAL) >= 0) {
                break;
            }
        }
        if (best == null) {
            return RecordFormat.PLAIN.values().serialize(name, headers, payload);
        }
        for (var header : headers.toArray()) {
            headers.remove(header.key());
        }
        best.headers().forEach(headers::add);
        return best.bytes();
    }

    private byte[] key(String name, String key) {
        Topic topic = topic(name);
        Written best = null;
        for (Serializer<Object> candidate : topic.keysOut()) {
            Object typed = typed(key, candidate);
            Written written =
                    typed == null ? null : write(topic, topic.keysIn(), candidate, new RecordHeaders(), typed);
            if (written != null && (best == null || written.fit().compareTo(best.fit()) > 0)) {
                best = written;
            }
        }
        if (best == null && !topic.keysOut().isEmpty()) {
            throw new UsageException("The key '" + key + "' of a message to '" + name
                    + "' is none that the application's key serializer "
                    + topic.keysOut().get(0).getClass().getSimpleName() + " can write.");
        }
        return best == null ? RecordFormat.PLAIN.keys().serialize(name, key) : best.bytes();
    }

    /** Turns the text of a key into what a serializer takes, or null if it is none of these. */
    private static @Nullable Object typed(String key, Serializer<Object> serializer) {
        Class<?> wanted = ResolvableType.forClass(serializer.getClass())
                .as(Serializer.class)
                .getGeneric(0)
                .resolve(Object.class);
        if (wanted.isInstance(key)) {
            return key;
        }
        if (wanted == byte[].class) {
            return key.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return DefaultConversionService.getSharedInstance().convert(key, wanted);
        } catch (ConversionException noneOfThese) {
            return null;
        }
    }

    private static @Nullable Written write(
            Topic topic,
            List<Deserializer<?>> readers,
            Serializer<Object> serializer,
            Headers headers,
            Object content) {
        Headers own = new RecordHeaders(headers);
        byte[] bytes;
        try {
            bytes = serializer.serialize(topic.name(), own, content);
        } catch (RuntimeException notForThis) {
            return null;
        }
        Fit worst = readers.isEmpty() ? Fit.READABLE : Fit.EQUAL;
        for (Deserializer<?> reader : readers) {
            Fit fit = fit(topic, reader, own, bytes, content);
            worst = fit.compareTo(worst) < 0 ? fit : worst;
        }
        return new Written(bytes, own, worst);
    }

    private static Fit fit(Topic topic, Deserializer<?> reader, Headers headers, byte[] bytes, Object content) {
        Object read;
        try {
            // Readers may take away what they have understood.
            read = reader.deserialize(topic.name(), new RecordHeaders(headers), bytes);
        } catch (RuntimeException unreadable) {
            return Fit.UNREADABLE;
        }
        if (read == null) {
            return Fit.UNREADABLE;
        }
        if (Objects.deepEquals(read, content)) {
            return Fit.EQUAL;
        }
        return read.getClass() == content.getClass() ? Fit.SAME_TYPE : Fit.READABLE;
    }

    private Topic topic(String name) {
        return topics.computeIfAbsent(name, this::look);
    }

    private Topic look(String name) {
        Topic topic = new Topic(name, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (ProducerFactory<?, ?> factory : factories.get()) {
            add(topic.keysOut(), FactorySerializers.ofKeys(factory));
            add(topic.valuesOut(), FactorySerializers.ofValues(factory));
        }
        for (AbstractMessageListenerContainer<?, ?> listener : listeners.get()) {
            if (ListenerHost.reads(listener, name)) {
                Deserializer<?> keys = FactorySerializers.ofKeys(listener);
                Deserializer<?> values = FactorySerializers.ofValues(listener);
                if (keys != null) {
                    topic.keysIn().add(keys);
                    add(topic.keysOut(), FactorySerializers.counterpart(keys, listener, true));
                }
                if (values != null) {
                    topic.valuesIn().add(values);
                    add(topic.valuesOut(), FactorySerializers.counterpart(values, listener, false));
                }
            }
        }
        return topic;
    }

    private static void add(List<Serializer<Object>> all, @Nullable Serializer<Object> one) {
        if (one != null) {
            all.add(one);
        }
    }
}
