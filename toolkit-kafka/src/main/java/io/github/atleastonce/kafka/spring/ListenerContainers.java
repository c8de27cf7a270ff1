package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.kafka.KafkaCluster;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.spring.ContextLives;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ConcurrentContainerStoppedEvent;
import org.springframework.kafka.event.ConsumerStartingEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.KafkaEvent;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.retrytopic.DestinationTopicContainer;

/**
 * The listener containers of a context. Each gets its interceptor before it starts for the first time, and what a crash has
 * stopped is started again for the next life.
 */
final class ListenerContainers implements SmartLifecycle, ApplicationListener<KafkaEvent> {

    static final String BEAN = "io.github.atleastonce.kafka.spring.listenerContainers";

    private static final String COMMIT_MILLIS = "50";

    private final ApplicationContext context;
    private final ProducerFactories producers;
    private final Map<MessageListenerContainer, ListenerHost> hosts = new ConcurrentHashMap<>();
    private final PollingThreads polling;
    private final Set<ConsumerFactory<?, ?>> fenced = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<MessageListenerContainer> resting = new ArrayList<>();
    private final Map<AbstractMessageListenerContainer<?, ?>, String> apart = new LinkedHashMap<>();
    private final ApplicationFormat format;
    private volatile boolean running;

    ListenerContainers(ApplicationContext context, ProducerFactories producers, PollingThreads polling) {
        this.producers = producers;
        this.polling = polling;
        this.context = context;
        this.format = new ApplicationFormat(producers::all, this::open);
    }

    /** Lets the listener containers and the producers of a context that is about to start take part. */
    static void takePart(ConfigurableApplicationContext context) {
        PollingThreads polling = new PollingThreads();
        ProducerFactories producers = new ProducerFactories(context.getBeanFactory(), polling);
        ListenerContainers containers = new ListenerContainers(context, producers, polling);
        context.getBeanFactory().registerSingleton(BEAN, containers);
        context.addApplicationListener(containers);
        context.getBeanFactory().addBeanPostProcessor(producers);
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
            if (!(container instanceof AbstractMessageListenerContainer<?, ?> open) || hosts.containsKey(container)) {
                continue;
            }
            if (ContainerInternals.commitsAutomatically(open)) {
                commitSoon(open);
                apart.put(open, "commits automatically, so it takes no part: no crash comes there");
            } else if (ContainerInternals.assignsItself(open)) {
                apart.put(
                        open,
                        "assigns its partitions itself, so it takes no part: no fault comes there, and nothing waits for it");
            } else if (ListenerHost.suits(open)) {
                hosts.put(
                        container,
                        ListenerHost.over(
                                open, lives, polling, context.getBeanProvider(DestinationTopicContainer.class)));
                lives.offer(Fault.REDELIVERY);
                lives.offer(Fault.COMMIT_FAILED);
                lives.offer(Fault.REBALANCE);
                fence(ContainerInternals.factory(open), lives);
            }
        }
        if (hosts.size() > 1 || open().stream().anyMatch(ListenerHost::isConcurrent)) {
            lives.offer(Fault.CONCURRENT);
        }
        if (!running) {
            running = true;
            lives.onBoot(this::boot);
        }
    }

    /** Settling waits for commits, and these come every five seconds where nobody says anything. */
    private static void commitSoon(AbstractMessageListenerContainer<?, ?> container) {
        if (ContainerInternals.setting(container, ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG)
                .isEmpty()) {
            container
                    .getContainerProperties()
                    .getKafkaConsumerProperties()
                    .setProperty(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        }
    }

    /** At once: other threads acknowledge what they could not do, too. The end of a run is no death. */
    private static void fence(Run run, ListenerHost host) {
        if (!run.isOver() && host.acknowledgesElsewhere()) {
            host.cut();
        }
    }

    private <K, V> void fence(ConsumerFactory<K, V> factory, ContextLives lives) {
        if (fenced.add(factory)) {
            factory.addPostProcessor(new ConsumerSteps<>(lives, polling));
        }
    }

    private Collection<AbstractMessageListenerContainer<?, ?>> open() {
        List<AbstractMessageListenerContainer<?, ?>> open = new ArrayList<>();
        for (MessageListenerContainer container : all()) {
            if (container instanceof AbstractMessageListenerContainer<?, ?> one) {
                open.add(one);
            }
        }
        return open;
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
        format.format().use(run);
        Bounds bounds = run.bounds();
        boolean isOfOneLife =
                context.getBean(ContextLives.BEAN, ContextLives.class).isOfOneLife();
        Optional<KafkaCluster> cluster = KafkaCluster.of(run);
        if (isOfOneLife) {
            // At the end of a run; at a death that is done when all that takes part has been told of it.
            life.onDeath(() -> life.death()
                    .filter(any -> run.isOver())
                    .ifPresent(end -> HostedTasks.of(run).cutAll(life, end)));
        }
        hosts.values().forEach(host -> {
            if (cluster.filter(host::isElsewhere).isPresent()) {
                return;
            }
            if (isOfOneLife) {
                host.belongTo(life, cluster.isPresent());
                life.onDeath(host::cut);
            }
            host.prepare(bounds, () -> cluster.map(host::partitions).orElse(1));
            host.restart(bounds);
            life.onDeath(() -> fence(run, host));
            if (life.isNode()) {
                SharingNodes.of(run).add(host);
            }
            if (isOfOneLife || host.isStarted()) {
                cluster.ifPresent(there -> host.topics().forEach(there::follow));
                HostedTasks.of(run).register(host);
                host.remark(run.history(), life.service());
            }
        });
        apart.forEach((container, why) -> {
            if (isOfOneLife || container.isRunning()) {
                run.history().caveats().remark(named(container) + " " + why);
            }
        });
    }

    /** Whoever is told which partitions it reads needs no group. */
    private static String named(AbstractMessageListenerContainer<?, ?> container) {
        String group = container.getGroupId();
        return group == null
                ? "the listener '" + container.getListenerId() + "'"
                : "the listener of group '" + group + "'";
    }

    @Override
    public void onApplicationEvent(KafkaEvent event) {
        if (event instanceof ConsumerStartingEvent) {
            ListenerHost host = hosts.get(event.getContainer(MessageListenerContainer.class));
            if (host != null) {
                host.begins();
            }
        }
        if (event instanceof ConcurrentContainerStoppedEvent || event instanceof ConsumerStoppedEvent) {
            ListenerHost host = hosts.get(event.getSource());
            if (host != null) {
                host.stopped();
            }
        }
    }

    /** Stops what listens and sends, until the next test class that uses this context: records and warnings of others are not for it. */
    void rest() {
        resting.clear();
        all().stream().filter(MessageListenerContainer::isRunning).forEach(resting::add);
        resting.forEach(MessageListenerContainer::stop);
        producers.rest();
    }

    /** Starts what has stopped to rest. */
    void resume() {
        resting.forEach(MessageListenerContainer::start);
        resting.clear();
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
