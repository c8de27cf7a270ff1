package io.github.atleastonce.examples.rabbitmq;

import com.rabbitmq.client.Channel;
import io.github.atleastonce.queue.QueueListener;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.spring.ContextLives;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListenerContainer;
import org.springframework.amqp.listener.ContainerUtils;
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
        if (mode == AcknowledgeMode.MANUAL
                || container instanceof SimpleMessageListenerContainer simple && simple.isConsumerBatchEnabled()) {
            return;
        }
        Advice[] own = (Advice[]) new DirectFieldAccessor(container).getPropertyValue("adviceChain");
        Advice[] all = new Advice[own == null ? 1 : own.length + 1];
        all[0] = new Acknowledging(container, mode == AcknowledgeMode.NONE);
        if (own != null) {
            System.arraycopy(own, 0, all, 1, own.length);
        }
        container.setAdviceChain(all);
        container.setAcknowledgeMode(AcknowledgeMode.MANUAL);
        // A process that dies gives back all that it holds; here only what its listener has in hand is given back.
        container.setPrefetchCount(1);
        if (container instanceof SimpleMessageListenerContainer simple) {
            simple.setBatchSize(1);
        }
        followed.add(container);
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
                                + " acknowledge by hand or take batches, and are not followed: let the container acknowledge each message.");
            }
            byQueue.values().forEach(listener -> listener.join(run));
        });
        lives = of;
    }

    private Optional<QueueListener.Received> receive(Message message) {
        String queue = message.getMessageProperties().getConsumerQueue();
        QueueListener listener = byQueue.get(queue);
        ContextLives known = lives;
        Run run = known == null ? null : known.run().orElse(null);
        return listener == null || run == null
                ? Optional.empty()
                : listener.receive(
                        run,
                        String.valueOf(message.getMessageProperties().getMessageId()),
                        RabbitQueues.envelope(
                                message.getMessageProperties().getContentType(),
                                message.getMessageProperties().getHeaders(),
                                message.getBody()),
                        0);
    }

    private final class Acknowledging implements MethodInterceptor {

        private final AbstractMessageListenerContainer container;
        private final boolean beforehand;

        /** A container that does not acknowledge at all lets the server do so as it delivers: that is before the listener. */
        Acknowledging(AbstractMessageListenerContainer container, boolean beforehand) {
            this.container = container;
            this.beforehand = beforehand;
        }

        @Override
        public @Nullable Object invoke(MethodInvocation call) throws Throwable {
            if (call.getArguments().length != 2 || !(call.getArguments()[1] instanceof Message message)) {
                return call.proceed();
            }
            InHand hand = new InHand((Channel) call.getArguments()[0], message, beforehand);
            try {
                hand.begin();
                call.proceed();
                hand.handled();
                return null;
            } catch (Crash crash) {
                hand.giveBack(crash);
                return null;
            } catch (Exception failure) {
                boolean again = ContainerUtils.shouldRequeue(requeues(), failure, LogFactory.getLog(getClass()));
                if (again) {
                    hand.giveBack(failure);
                } else {
                    hand.putAside(failure);
                }
                throw failure;
            } finally {
                hand.leave();
            }
        }

        private boolean requeues() {
            return Boolean.TRUE.equals(new DirectFieldAccessor(container).getPropertyValue("defaultRequeueRejected"));
        }
    }

    /** A message that a listener has in hand. */
    private final class InHand {

        private final Channel channel;
        private final Message message;
        private final boolean beforehand;
        private QueueListener.@Nullable Received received;
        private boolean acknowledged;

        InHand(Channel channel, Message message, boolean beforehand) {
            this.channel = channel;
            this.message = message;
            this.beforehand = beforehand;
        }

        void begin() throws Exception {
            received = receive(message).orElse(null);
            if (received != null) {
                received.begin();
            }
            if (beforehand && received == null) {
                acknowledging();
            } else if (beforehand) {
                received.acknowledge(this::acknowledging);
            }
        }

        void handled() throws Exception {
            if (acknowledged) {
                return;
            }
            if (received == null) {
                acknowledging();
            } else {
                received.acknowledge(this::acknowledging, this::requeue);
            }
        }

        private void acknowledging() throws Exception {
            acknowledged = true;
            channel.basicAck(tag(), false);
            gone();
        }

        private void gone() {
            server.gone(queue(), message.getMessageProperties().getMessageId());
        }

        void giveBack(Throwable why) throws Exception {
            if (received == null) {
                requeue();
            } else {
                received.giveBack(this::requeue, why);
            }
        }

        void putAside(Throwable why) throws Exception {
            if (received == null) {
                reject();
            } else {
                received.putAside(this::reject, why);
            }
        }

        private void reject() throws Exception {
            if (!acknowledged) {
                acknowledged = true;
                channel.basicReject(tag(), false);
                gone();
            }
        }

        private void requeue() throws Exception {
            if (!acknowledged) {
                acknowledged = true;
                channel.basicReject(tag(), true);
            }
        }

        private long tag() {
            return message.getMessageProperties().getDeliveryTag();
        }

        private String queue() {
            return message.getMessageProperties().getConsumerQueue();
        }

        void leave() {
            if (received != null) {
                received.leave();
            }
        }
    }
}
