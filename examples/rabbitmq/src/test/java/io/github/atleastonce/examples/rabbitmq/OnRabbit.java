package io.github.atleastonce.examples.rabbitmq;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.junit.TransportProvider;
import io.github.atleastonce.queue.Queues;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Lets the fault tests of applications send to the queues that they read. Found by the service loader. */
public final class OnRabbit implements TransportProvider {

    private static final class Shared {
        static final RabbitQueues QUEUES = RabbitQueues.of("orders", "bulk");
    }

    static RabbitQueues queues() {
        return Shared.QUEUES;
    }

    @Override
    public Optional<TransportFactory> find(ExtensionContext test) {
        return AnnotatedElementUtils.hasAnnotation(test.getRequiredTestClass(), SpringBootTest.class)
                ? Optional.of(new Queues("on RabbitMQ", queues()))
                : Optional.empty();
    }
}
