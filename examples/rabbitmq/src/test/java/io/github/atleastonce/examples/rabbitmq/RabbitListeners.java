package io.github.atleastonce.examples.rabbitmq;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.spring.ContextExtension;
import io.github.atleastonce.spring.QueueConsumers;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.aopalliance.aop.Advice;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.rabbit.batch.BatchingStrategy;
import org.springframework.amqp.rabbit.config.AbstractRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.CompositeContainerCustomizer;
import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Lets the listeners of each context take part in runs. Around each lies an advice that waits until the run lets it go on, and that acknowledges in place of the
 * container, by the same rules: so it is known when a message is acknowledged. Found by the service loader.
 */
public final class RabbitListeners implements ContextExtension {

    @Override
    public void extend(ConfigurableApplicationContext context) {
        QueueConsumers consumers = QueueConsumers.of(context, RabbitListeners::queues);
        context.getBeanFactory().addBeanPostProcessor(new Following(consumers, new Coming(consumers, context)));
    }

    private static List<String> queues(ApplicationContext context) {
        return context.getBeansOfType(RabbitListenerEndpointRegistry.class).values().stream()
                .flatMap(registry -> registry.getListenerContainers().stream())
                .map(AbstractMessageListenerContainer.class::cast)
                .flatMap(RabbitListeners::queues)
                .toList();
    }

    private static Stream<String> queues(AbstractMessageListenerContainer container) {
        List<String> queues = List.of(container.getQueueNames());
        if (queues.stream().anyMatch(OnRabbit.queues()::has) && takesBatchesByHand(container)) {
            throw new UsageException(
                    "The listeners of " + queues
                            + " take batches and acknowledge by hand, and are not followed: let the container acknowledge each batch, or take one message at a time.");
        }
        return queues.stream();
    }

    private static boolean takesBatches(AbstractMessageListenerContainer container) {
        return container instanceof SimpleMessageListenerContainer simple && simple.isConsumerBatchEnabled();
    }

    private static boolean takesBatchesByHand(AbstractMessageListenerContainer container) {
        boolean isFollowed = Stream.of(advices(container)).anyMatch(Acknowledging.class::isInstance);
        return !isFollowed && takesBatches(container) && container.getAcknowledgeMode() == AcknowledgeMode.MANUAL;
    }

    private static Advice[] advices(AbstractMessageListenerContainer container) {
        Advice[] own = (Advice[]) new DirectFieldAccessor(container).getPropertyValue("adviceChain");
        return own == null ? new Advice[0] : own;
    }

    private static Object property(AbstractMessageListenerContainer container, String name) {
        return Objects.requireNonNull(new DirectFieldAccessor(container).getPropertyValue(name));
    }

    /** Sees the beans of a context. */
    record Following(QueueConsumers consumers, Coming coming) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof AbstractRabbitListenerContainerFactory<?> factory) {
                customize(factory);
            }
            if (bean instanceof RabbitTemplate template) {
                template.addBeforePublishPostProcessors(coming);
            }
            return bean;
        }

        /** What the application itself customizes comes first, so that its settings and advices are there. */
        @SuppressWarnings("unchecked")
        private <C extends AbstractMessageListenerContainer> void customize(
                AbstractRabbitListenerContainerFactory<C> factory) {
            var own = (ContainerCustomizer<C>) new DirectFieldAccessor(factory).getPropertyValue("containerCustomizer");
            ContainerCustomizer<C> following = this::follow;
            factory.setContainerCustomizer(
                    own == null ? following : new CompositeContainerCustomizer<>(List.of(own, following)));
        }

        private void follow(AbstractMessageListenerContainer container) {
            if (takesBatchesByHand(container)) {
                return;
            }
            int most = takesBatches(container) ? (int) property(container, "batchSize") : 1;
            Batches batches = new Batches((BatchingStrategy) property(container, "batchingStrategy"), most);
            container.setBatchingStrategy(batches);
            Advice first = new Acknowledging(consumers, container, container.getAcknowledgeMode(), batches);
            container.setAdviceChain(Stream.concat(Stream.of(first), Arrays.stream(advices(container)))
                    .toArray(Advice[]::new));
            container.setAcknowledgeMode(AcknowledgeMode.MANUAL);
            // A process that dies gives back all that it holds; here only what its listener has in hand is given back.
            // A
            // batch is put together by the advice.
            container.setPrefetchCount(1);
            if (container instanceof SimpleMessageListenerContainer simple) {
                simple.setBatchSize(1);
            }
        }
    }
}
