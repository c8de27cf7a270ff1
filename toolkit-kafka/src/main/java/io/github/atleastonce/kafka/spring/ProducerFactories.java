package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.spring.ContextLives;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.core.RoutingKafkaTemplate;

/**
 * Lets the producers of each factory in a context take steps: of those that are beans, and of those that only a {@code KafkaTemplate} knows.
 * Before anybody has made a producer, since factories keep the ones that they have made.
 */
final class ProducerFactories implements BeanPostProcessor {

    private final BeanFactory beans;
    private final PollingThreads polling;
    private final Set<ProducerFactory<?, ?>> seen = Collections.synchronizedSet(new LinkedHashSet<>());

    ProducerFactories(BeanFactory beans, PollingThreads polling) {
        this.beans = beans;
        this.polling = polling;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof ProducerFactory<?, ?> factory) {
            step(factory);
        } else if (bean instanceof KafkaTemplate<?, ?> template && !(bean instanceof RoutingKafkaTemplate)) {
            // One that routes has no factory of its own, and does not let itself be asked for those of others.
            ProducerFactory<?, ?> own = template.getProducerFactory();
            if (own != null) { // a stand-in may have none
                step(own);
            }
        }
        return bean;
    }

    /** Returns the factories in the order in which they were made. */
    Collection<ProducerFactory<?, ?>> all() {
        return List.copyOf(seen);
    }

    /** Closes the producers that the factories have kept; who wants to send again gets another. */
    void rest() {
        seen.forEach(ProducerFactory::reset);
    }

    private <K, V> void step(ProducerFactory<K, V> factory) {
        seen.add(factory);
        if (factory.getPostProcessors().stream().noneMatch(ProducerSteps.class::isInstance)) {
            factory.addPostProcessor(
                    new ProducerSteps<>(factory, beans.getBean(ContextLives.BEAN, ContextLives.class), polling));
        }
    }
}
