package io.github.atleastonce.kafka.spring;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaResourceFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.util.ReflectionUtils;

/** Reads what containers do not show: the interceptors are public from spring-kafka 4.1 on only, the consumer factory never is. */
final class ContainerInternals {

    private ContainerInternals() {}

    static <T> @Nullable T interceptor(AbstractMessageListenerContainer<?, ?> container, Class<T> type) {
        Method getter = Objects.requireNonNull(
                ReflectionUtils.findMethod(AbstractMessageListenerContainer.class, "get" + type.getSimpleName()));
        ReflectionUtils.makeAccessible(getter);
        return type.cast(ReflectionUtils.invokeMethod(getter, container));
    }

    /** With automatic commits, closing a consumer commits what it has in hand: that is no way to crash. */
    static boolean commitsAutomatically(AbstractMessageListenerContainer<?, ?> container) {
        // Where nobody says anything, spring-kafka turns them off.
        return Boolean.parseBoolean(setting(container, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG));
    }

    /** Says whether a container is told which partitions it reads, and so its consumers are members of no group. */
    static boolean assignsItself(AbstractMessageListenerContainer<?, ?> container) {
        return container.getContainerProperties().getTopicPartitions() != null;
    }

    /** Returns what the consumers of a container are configured to, or an empty text. */
    static String setting(AbstractMessageListenerContainer<?, ?> container, String name) {
        Object own =
                container.getContainerProperties().getKafkaConsumerProperties().get(name);
        Object value = own != null
                ? own
                : factory(container).getConfigurationProperties().get(name);
        return value == null ? "" : value.toString();
    }

    /** Returns the servers that the consumers of a container connect to first, separated by commas. */
    static String servers(AbstractMessageListenerContainer<?, ?> container) {
        if (factory(container) instanceof KafkaResourceFactory resources) {
            Method getter = Objects.requireNonNull(
                    ReflectionUtils.findMethod(KafkaResourceFactory.class, "getBootstrapServers"));
            ReflectionUtils.makeAccessible(getter);
            Object supplied = ReflectionUtils.invokeMethod(getter, resources);
            if (supplied != null) {
                return supplied.toString();
            }
        }
        // Spring Boot puts a list there.
        return setting(container, CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG).replaceAll("[\\[\\] ]", "");
    }

    static ConsumerFactory<?, ?> factory(AbstractMessageListenerContainer<?, ?> container) {
        Field field = Objects.requireNonNull(
                ReflectionUtils.findField(AbstractMessageListenerContainer.class, "consumerFactory"));
        ReflectionUtils.makeAccessible(field);
        return (ConsumerFactory<?, ?>) Objects.requireNonNull(ReflectionUtils.getField(field, container));
    }
}
