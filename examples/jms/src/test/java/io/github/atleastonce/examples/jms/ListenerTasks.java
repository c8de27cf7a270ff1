package io.github.atleastonce.examples.jms;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.queue.QueueListener;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.spring.ContextLives;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.jms.config.JmsListenerEndpointRegistry;
import org.springframework.jms.connection.SingleConnectionFactory;
import org.springframework.jms.listener.AbstractMessageListenerContainer;

/** The listeners of a context: their connections come by {@link SteppingJms}, and each takes part in the runs that go through the context. */
final class ListenerTasks implements BeanPostProcessor, ApplicationListener<ContextRefreshedEvent> {

    private final SteppingJms stepping = new SteppingJms(this);
    private final Map<String, QueueListener> byQueue = new ConcurrentHashMap<>();
    private volatile @Nullable ContextLives lives;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof SingleConnectionFactory single && single.getTargetConnectionFactory() != null) {
            single.setTargetConnectionFactory(stepping.over(single.getTargetConnectionFactory()));
            return bean;
        }
        return bean instanceof ConnectionFactory bare ? stepping.over(bare) : bean;
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent refreshed) {
        ApplicationContext context = refreshed.getApplicationContext();
        String service = context.getEnvironment().getProperty("spring.application.name", "application");
        ContextLives of = context.getBean(ContextLives.BEAN, ContextLives.class);
        context.getBeansOfType(JmsListenerEndpointRegistry.class).values().stream()
                .flatMap(registry -> registry.getListenerContainers().stream())
                .map(container -> ((AbstractMessageListenerContainer) container).getDestinationName())
                .forEach(queue -> byQueue.put(queue, new QueueListener(service, queue)));
        of.onBoot((run, life) -> byQueue.values().forEach(listener -> listener.join(run)));
        of.offer(Fault.SEND_FAILED);
        of.offer(Fault.SEND_UNCERTAIN);
        lives = of;
    }

    Optional<QueueListener.Received> receive(String queue, Message message) throws JMSException {
        QueueListener listener = byQueue.get(queue);
        Run run = run().orElse(null);
        return listener == null || run == null
                ? Optional.empty()
                : listener.receive(
                        run,
                        ArtemisQueues.identity(message),
                        ArtemisQueues.envelope(message),
                        ArtemisQueues.deliveries(message));
    }

    private Optional<Run> run() {
        ContextLives known = lives;
        return known == null ? Optional.empty() : known.run();
    }

    /** Sends, as a step of whoever is at work; a life that has died sends nothing. */
    @Nullable
    Object send(String queue, Sending sending) throws Throwable {
        ContextLives known = lives;
        Lifetime life = known == null ? null : known.here().orElse(null);
        Run run = run().orElse(null);
        if (life == null || run == null || !run.current().isFollowed()) {
            return sending.send();
        }
        life.refuseIfDead();
        Optional<Fault> fault = run.sends().fault(queue);
        Object sent = fault.filter(Fault.SEND_FAILED::equals).isPresent() ? null : sending.send();
        if (fault.isPresent()) {
            throw new JMSException("The server did not answer in time.");
        }
        run.steps().done(life, new Step.Send(queue));
        return sent;
    }

    interface Sending {

        @Nullable
        Object send() throws Throwable;
    }
}
