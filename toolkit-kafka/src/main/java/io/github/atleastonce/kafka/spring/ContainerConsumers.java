package io.github.atleastonce.kafka.spring;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * The consumers of one container, each with a thread of its own. There are as many as the application asks for, if each of them gets a partition: which
 * partitions one gets is no matter of chance then. Safe for use by several threads.
 */
final class ContainerConsumers {

    /** More than these are never at work at the same time in a run. */
    private static final int MOST = 3;

    private final AbstractMessageListenerContainer<?, ?> container;
    private volatile int wanted = 1;
    private volatile int used = 1;
    private volatile long patienceEnds = System.nanoTime();

    ContainerConsumers(AbstractMessageListenerContainer<?, ?> container) {
        this.container = container;
    }

    /** Leaves no more of them than there are partitions; to be called while the container has stopped. */
    void limitTo(int partitions) {
        if (container instanceof ConcurrentMessageListenerContainer<?, ?> several) {
            wanted = several.getConcurrency();
            used = Math.max(1, Math.min(Math.min(wanted, MOST), partitions));
            several.setConcurrency(used);
        }
    }

    /** Leaves one of them, since others are nodes of their own. */
    void beOne() {
        if (container instanceof ConcurrentMessageListenerContainer<?, ?> several) {
            several.setConcurrency(1);
        }
    }

    /** Names what they read, all together. */
    Set<TopicPartition> assigned() {
        Set<TopicPartition> all = new HashSet<>();
        consumers().forEach(consumer -> all.addAll(assigned(consumer)));
        return all;
    }

    /** Says whether each has got something. One that has joined and got nothing looks the same as one that is joining. */
    boolean haveJoined() {
        List<? extends MessageListenerContainer> consumers = consumers();
        return !consumers.isEmpty()
                && consumers.stream().noneMatch(consumer -> assigned(consumer).isEmpty());
    }

    /** Starts them. Where other containers read in the same group, some may never get anything, and are not waited for any longer. */
    void start(Duration patience) {
        patienceEnds = System.nanoTime() + patience.toNanos();
        container.start();
    }

    /** Says whether it is settled who reads what; until then none of them goes on with what it has got. */
    boolean areSettled() {
        return used == 1 || haveJoined() || System.nanoTime() - patienceEnds > 0;
    }

    /** Says whether the consumer that reads one partition reads another one as well. */
    boolean isReadByTheSame(String partition, String other) {
        return used == 1
                || partition.equals(other)
                || consumers().stream()
                        .map(consumer -> assigned(consumer).stream()
                                .map(TopicPartition::toString)
                                .toList())
                        .anyMatch(names -> names.contains(partition) && names.contains(other));
    }

    /** Tells in what the container differs from what the application has asked for. */
    Optional<String> remark(String group) {
        if (used == wanted) {
            return Optional.empty();
        }
        String has = used == 1 ? " has one consumer" : " has " + used + " consumers";
        return Optional.of("group '" + group + "'" + has + ", not " + wanted
                + (used == MOST ? "" : ", since its topics have no more partitions"));
    }

    private List<? extends MessageListenerContainer> consumers() {
        return container instanceof ConcurrentMessageListenerContainer<?, ?> several
                ? several.getContainers()
                : List.of(container);
    }

    private static Collection<TopicPartition> assigned(MessageListenerContainer consumer) {
        Collection<TopicPartition> assigned = consumer.getAssignedPartitions();
        return assigned == null ? List.of() : List.copyOf(assigned);
    }
}
