package io.github.atleastonce.examples.jms;

import io.github.atleastonce.spring.ContextExtension;
import io.github.atleastonce.spring.QueueConsumers;
import jakarta.jms.ConnectionFactory;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jms.config.JmsListenerEndpointRegistry;
import org.springframework.jms.connection.SingleConnectionFactory;
import org.springframework.jms.listener.AbstractMessageListenerContainer;

/** Lets the listeners of each context take part in runs: its connections come by {@link SteppingJms}. Found by the service loader. */
public final class JmsListeners implements ContextExtension {

    @Override
    public void extend(ConfigurableApplicationContext context) {
        QueueConsumers consumers =
                QueueConsumers.of(context, JmsListeners::queues).seeSends();
        context.getBeanFactory().addBeanPostProcessor(new Connecting(new SteppingJms(consumers)));
    }

    private static List<String> queues(ApplicationContext context) {
        return context.getBeansOfType(JmsListenerEndpointRegistry.class).values().stream()
                .flatMap(registry -> registry.getListenerContainers().stream())
                .map(container -> ((AbstractMessageListenerContainer) container).getDestinationName())
                .map(Objects::requireNonNull)
                .toList();
    }

    private record Connecting(SteppingJms stepping) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof SingleConnectionFactory single && single.getTargetConnectionFactory() != null) {
                single.setTargetConnectionFactory(stepping.over(single.getTargetConnectionFactory()));
                return bean;
            }
            return bean instanceof ConnectionFactory bare ? stepping.over(bare) : bean;
        }
    }
}
