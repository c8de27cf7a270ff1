package io.github.atleastonce.kafka.spring;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.adapter.AsyncRepliesAware;

/**
 * What a listener container is like.
 *
 * @param container the container
 */
record ContainerTraits(AbstractMessageListenerContainer<?, ?> container) {

    private static final int POLLED_BY_DEFAULT = 500;

    /** How many records a poll may hold. */
    int maxPolled() {
        String configured = ContainerInternals.setting(container, ConsumerConfig.MAX_POLL_RECORDS_CONFIG);
        return configured.isEmpty() ? POLLED_BY_DEFAULT : Integer.parseInt(configured);
    }

    /** What of transactions it reads. */
    IsolationLevel isolation() {
        String configured = ContainerInternals.setting(container, ConsumerConfig.ISOLATION_LEVEL_CONFIG);
        return IsolationLevel.READ_COMMITTED.toString().equalsIgnoreCase(configured)
                ? IsolationLevel.READ_COMMITTED
                : IsolationLevel.READ_UNCOMMITTED;
    }

    /** Who has assigned partitions to himself is a member of no group that could go on without him. */
    boolean isMember() {
        return container.getContainerProperties().getTopicPartitions() == null;
    }

    /** Says whether it hands records over in batches. */
    boolean isOfBatches() {
        return container.getContainerProperties().getMessageListener() instanceof BatchMessageListener;
    }

    /** What a listener returns, or somebody else, acknowledges on a thread of its own. */
    boolean acknowledgesElsewhere() {
        ContainerProperties properties = container.getContainerProperties();
        return properties.isAsyncAcks()
                || properties.getMessageListener() instanceof AsyncRepliesAware listener && listener.isAsyncReplies();
    }
}
