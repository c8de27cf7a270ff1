package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.spring.ContextLives;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ConcurrentContainerStoppedEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.KafkaEvent;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * The listener containers of a context. Each gets its interceptor before it starts for the first time, and what a crash has
 * stopped is started again for the next life.
 */
final class ListenerContainers implements SmartLifecycle, ApplicationListener<KafkaEvent> {

    private final ApplicationContext context;
    private final Map<MessageListenerContainer, ListenerHost> hosts = new ConcurrentHashMap<>();
    private final Set<ConsumerFactory<?, ?>> fenced = Collections.newSetFromMap(new IdentityHashMap<>());
    private volatile boolean running;

    ListenerContainers(ApplicationContext context) {
        this.context = context;
    }

    /** Before all containers. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    @Override
    public void start() {
        ContextLives lives = context.getBean(ContextLives.BEAN, ContextLives.class);
        for (MessageListenerContainer container : all()) {
            if (container instanceof AbstractMessageListenerContainer<?, ?> open
                    && !hosts.containsKey(container)
                    && ListenerHost.suits(open)) {
                hosts.put(container, ListenerHost.over(open, lives));
                fence(ContainerInternals.factory(open), lives);
            }
        }
        if (!running) {
            running = true;
            lives.onBoot(this::boot);
        }
    }

    private <K, V> void fence(ConsumerFactory<K, V> factory, ContextLives lives) {
        if (fenced.add(factory)) {
            factory.addPostProcessor(new ConsumerFence<>(lives));
        }
    }

    private List<MessageListenerContainer> all() {
        List<MessageListenerContainer> all = new ArrayList<>(
                context.getBeansOfType(MessageListenerContainer.class).values());
        context.getBeansOfType(KafkaListenerEndpointRegistry.class)
                .values()
                .forEach(registry -> all.addAll(registry.getListenerContainers()));
        return all;
    }

    private void boot(Run run, Lifetime life) {
        Bounds bounds = run.bounds();
        hosts.values().forEach(host -> {
            host.prepare(bounds);
            host.restart(bounds);
            if (host.isStarted()) {
                HostedTasks.of(run).register(host);
            }
        });
    }

    @Override
    public void onApplicationEvent(KafkaEvent event) {
        if (event instanceof ConcurrentContainerStoppedEvent || event instanceof ConsumerStoppedEvent) {
            ListenerHost host = hosts.get(event.getSource());
            if (host != null) {
                host.stopped();
            }
        }
    }

    @Override
    public void stop() {
        // The containers stop by themselves.
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
