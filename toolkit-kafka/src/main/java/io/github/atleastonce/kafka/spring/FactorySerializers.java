package io.github.atleastonce.kafka.spring;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** The serializers of a context as its clients would have them: given as objects, or named and configured by properties. */
final class FactorySerializers {

    private static final String DESERIALIZER = "Deserializer";

    private FactorySerializers() {}

    static @Nullable Serializer<Object> ofKeys(ProducerFactory<?, ?> factory) {
        Supplier<? extends @Nullable Serializer<?>> given = factory.getKeySerializerSupplier();
        Serializer<?> own = given == null ? null : given.get();
        return own == null
                ? named(factory.getConfigurationProperties(), ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, true)
                : any(own);
    }

    static @Nullable Serializer<Object> ofValues(ProducerFactory<?, ?> factory) {
        Supplier<? extends @Nullable Serializer<?>> given = factory.getValueSerializerSupplier();
        Serializer<?> own = given == null ? null : given.get();
        return own == null
                ? named(factory.getConfigurationProperties(), ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, false)
                : any(own);
    }

    static @Nullable Deserializer<?> ofKeys(AbstractMessageListenerContainer<?, ?> container) {
        Deserializer<?> own = ContainerInternals.factory(container).getKeyDeserializer();
        return own == null ? reading(container, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, true) : own;
    }

    static @Nullable Deserializer<?> ofValues(AbstractMessageListenerContainer<?, ?> container) {
        Deserializer<?> own = ContainerInternals.factory(container).getValueDeserializer();
        return own == null ? reading(container, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, false) : own;
    }

    /**
     * Makes what writes for a deserializer: by convention its class has the same name but for the role, and understands the same
     * properties.
     */
    static @Nullable Serializer<Object> counterpart(
            Deserializer<?> reading, AbstractMessageListenerContainer<?, ?> container, boolean keys) {
        Class<?> type = innermost(reading).getClass();
        String name = type.getName().replace(DESERIALIZER, "Serializer");
        if (!type.getSimpleName().contains(DESERIALIZER) || !ClassUtils.isPresent(name, type.getClassLoader())) {
            return null;
        }
        return instance(ClassUtils.resolveClassName(name, type.getClassLoader()), configuration(container), keys);
    }

    /** Some deserializers only watch over another one. */
    private static Object innermost(Object deserializer) {
        java.lang.reflect.Field field =
                ReflectionUtils.findField(deserializer.getClass(), "delegate", Deserializer.class);
        if (field == null) {
            return deserializer;
        }
        ReflectionUtils.makeAccessible(field);
        Object delegate = ReflectionUtils.getField(field, deserializer);
        return delegate == null ? deserializer : innermost(delegate);
    }

    private static @Nullable Deserializer<?> reading(
            AbstractMessageListenerContainer<?, ?> container, String property, boolean keys) {
        Map<String, Object> configuration = configuration(container);
        Object made = made(configuration.get(property));
        if (!(made instanceof Deserializer<?> deserializer)) {
            return null;
        }
        deserializer.configure(configuration, keys);
        return deserializer;
    }

    private static Map<String, Object> configuration(AbstractMessageListenerContainer<?, ?> container) {
        ConsumerFactory<?, ?> factory = ContainerInternals.factory(container);
        Map<String, Object> configuration = new HashMap<>(factory.getConfigurationProperties());
        container
                .getContainerProperties()
                .getKafkaConsumerProperties()
                .forEach((name, value) -> configuration.put(name.toString(), value));
        return configuration;
    }

    private static @Nullable Serializer<Object> named(
            Map<String, Object> configuration, String property, boolean keys) {
        return instance(configuration.get(property), configuration, keys);
    }

    private static @Nullable Serializer<Object> instance(
            @Nullable Object named, Map<String, Object> configuration, boolean keys) {
        if (!(made(named) instanceof Serializer<?> serializer)) {
            return null;
        }
        serializer.configure(configuration, keys);
        return any(serializer);
    }

    /** A property names a class, or is one, or holds what is wanted. */
    private static @Nullable Object made(@Nullable Object named) {
        if (named instanceof Class<?> type) {
            return BeanUtils.instantiateClass(type);
        }
        return named instanceof String name
                ? BeanUtils.instantiateClass(ClassUtils.resolveClassName(name, ClassUtils.getDefaultClassLoader()))
                : named;
    }

    /** What it cannot write it refuses. */
    @SuppressWarnings("unchecked")
    private static Serializer<Object> any(Serializer<?> serializer) {
        return (Serializer<Object>) serializer;
    }
}
