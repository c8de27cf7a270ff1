package io.github.atleastonce.examples.rabbitmq;

import io.github.atleastonce.queue.Envelope;
import io.github.atleastonce.queue.QueueListener;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.spring.ContextLives;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.aop.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListenerContainer;
import org.springframework.amqp.core.MessageProperties;
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
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * The listeners of a context. Around each lies an advice that waits until the run lets it go on, and that acknowledges in place of the container, by
 * the same rules: so it is known when a message is acknowledged.
 */
final class ListenerTasks implements BeanPostProcessor, ApplicationListener<ContextRefreshedEvent> {

    private final RabbitQueues server;
    private final Map<String, QueueListener> byQueue = new ConcurrentHashMap<>();
    private final Set<MessageListenerContainer> followed = ConcurrentHashMap.newKeySet();
    private final Coming coming;
    private volatile @Nullable ContextLives lives;

    ListenerTasks(RabbitQueues server) {
        this.server = server;
        this.coming = new Coming(server);
    }

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
        AcknowledgeMode mode = container.getAcknowledgeMode();
        boolean takesBatches =
                container instanceof SimpleMessageListenerContainer simple && simple.isConsumerBatchEnabled();
        if (takesBatches && mode == AcknowledgeMode.MANUAL) {
            return;
        }
        int most = takesBatches ? (int) property(container, "batchSize") : 1;
        Fragments fragments = new Fragments((BatchingStrategy) property(container, "batchingStrategy"));
        container.setBatchingStrategy(fragments);
        Advice[] own = (Advice[]) new DirectFieldAccessor(container).getPropertyValue("adviceChain");
        Advice[] all = new Advice[own == null ? 1 : own.length + 1];
        all[0] = new Acknowledging(this, container, mode, most, fragments);
        if (own != null) {
            System.arraycopy(own, 0, all, 1, own.length);
        }
        container.setAdviceChain(all);
        container.setAcknowledgeMode(AcknowledgeMode.MANUAL);
        // A process that dies gives back all that it holds; here only what its listener has in hand is given back. A
        // batch is put together by the advice.
        container.setPrefetchCount(1);
        if (container instanceof SimpleMessageListenerContainer simple) {
            simple.setBatchSize(1);
        }
        followed.add(container);
    }

    private static Object property(AbstractMessageListenerContainer container, String name) {
        return Objects.requireNonNull(new DirectFieldAccessor(container).getPropertyValue(name));
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent refreshed) {
        var context = refreshed.getApplicationContext();
        coming.learn(context);
        String service = context.getEnvironment().getProperty("spring.application.name", "application");
        Set<String> passing = new TreeSet<>();
        for (RabbitListenerEndpointRegistry registry :
                context.getBeansOfType(RabbitListenerEndpointRegistry.class).values()) {
            for (MessageListenerContainer container : registry.getListenerContainers()) {
                for (String queue : ((AbstractMessageListenerContainer) container).getQueueNames()) {
                    if (followed.contains(container)) {
                        byQueue.put(queue, new QueueListener(service, queue));
                    } else if (server.has(queue)) {
                        passing.add(queue);
                    }
                }
            }
        }
        ContextLives of = context.getBean(ContextLives.BEAN, ContextLives.class);
        of.onBoot((run, life) -> {
            if (!passing.isEmpty()) {
                throw new UsageException(
                        "The listeners of " + passing
                                + " take batches and acknowledge by hand, and are not followed: let the container acknowledge each batch, or take one message at a time.");
            }
            byQueue.values().forEach(listener -> listener.join(run));
        });
        lives = of;
    }

    RabbitQueues server() {
        return server;
    }

    /** Waits until the run lets a thread go on that has got a message; empty if it is no part of a run. */
    Optional<QueueListener.Received> receive(Message message) {
        QueueListener listener = byQueue.get(message.getMessageProperties().getConsumerQueue());
        ContextLives known = lives;
        Run run = known == null ? null : known.run().orElse(null);
        return listener == null || run == null
                ? Optional.empty()
                : listener.receive(run, identity(message), envelope(message), 0);
    }

    static String identity(Message message) {
        return String.valueOf(message.getMessageProperties().getMessageId());
    }

    static Envelope envelope(Message message) {
        MessageProperties properties = message.getMessageProperties();
        return RabbitQueues.envelope(properties.getContentType(), properties.getHeaders(), message.getBody());
    }
}
