package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.run.Run;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.retrytopic.DestinationTopic;
import org.springframework.kafka.retrytopic.DestinationTopicContainer;
import org.springframework.kafka.retrytopic.RetryTopicHeaders;

/** The delay of a retry topic, for which its listener would wait: in a run it passes on the clock. */
final class RetryDelay {

    private final AbstractMessageListenerContainer<?, ?> container;
    private final ObjectProvider<DestinationTopicContainer> topics;

    RetryDelay(AbstractMessageListenerContainer<?, ?> container, ObjectProvider<DestinationTopicContainer> topics) {
        this.container = container;
        this.topics = topics;
    }

    /** Lets the delay pass, and takes away what says that the record is not yet due. */
    void pass(Run run, ConsumerRecord<?, ?> record) {
        if (record.headers().lastHeader(RetryTopicHeaders.DEFAULT_HEADER_BACKOFF_TIMESTAMP) == null) {
            return;
        }
        record.headers().remove(RetryTopicHeaders.DEFAULT_HEADER_BACKOFF_TIMESTAMP);
        long millis = topics.orderedStream()
                .map(known -> known.getDestinationTopicByName(
                        Objects.requireNonNull(container.getMainListenerId()), record.topic()))
                .filter(Objects::nonNull)
                .mapToLong(DestinationTopic::getDestinationDelay)
                .findFirst()
                .orElse(0);
        if (millis > 0) {
            run.elapse(Duration.ofMillis(millis));
        }
    }
}
