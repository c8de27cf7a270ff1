package io.github.atleastonce.examples.rabbitmq;

import io.github.atleastonce.spring.QueueConsumers;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Correlation;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessagePostProcessor;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.context.ApplicationContext;

/** What an application sends: known by an id of its own, and waited for in the queues where it goes to, by their names or as the context binds them. */
final class Coming implements MessagePostProcessor {

    private final QueueConsumers consumers;
    private final ApplicationContext context;

    Coming(QueueConsumers consumers, ApplicationContext context) {
        this.consumers = consumers;
        this.context = context;
    }

    private Stream<Binding> bindings() {
        Stream<Binding> declared = context.getBeansOfType(Declarables.class).values().stream()
                .flatMap(several -> several.getDeclarablesByType(Binding.class).stream());
        return Stream.concat(context.getBeansOfType(Binding.class).values().stream(), declared)
                .filter(Binding::isDestinationQueue);
    }

    @Override
    public Message postProcessMessage(Message message) {
        return message;
    }

    @Override
    public Message postProcessMessage(Message message, Correlation correlation, String exchange, String routingKey) {
        MessageProperties properties = message.getMessageProperties();
        if (properties.getMessageId() == null) {
            properties.setMessageId(UUID.randomUUID().toString());
        }
        if (exchange.isEmpty()) {
            consumers.sent(routingKey, properties.getMessageId());
        }
        bindings()
                .filter(binding -> leads(binding, exchange, routingKey))
                .forEach(binding -> consumers.sent(binding.getDestination(), properties.getMessageId()));
        return message;
    }

    /** A binding without a key is one of a fanout exchange. */
    static boolean leads(Binding binding, String exchange, String routingKey) {
        String pattern = binding.getRoutingKey()
                .replace(".", "\\.")
                .replace("*", "[^.]+")
                .replace("\\.#", "(\\..+)?")
                .replace("#\\.", "(.+\\.)?")
                .replace("#", ".*");
        return binding.getExchange().equals(exchange) && (pattern.isEmpty() || routingKey.matches(pattern));
    }
}
