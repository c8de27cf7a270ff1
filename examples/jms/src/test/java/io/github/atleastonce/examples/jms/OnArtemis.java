package io.github.atleastonce.examples.jms;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.junit.TransportProvider;
import io.github.atleastonce.queue.Queues;
import java.util.Optional;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Lets the fault tests of applications send to the Artemis that Spring Boot has started for them. Found by the service loader. */
public final class OnArtemis implements TransportProvider {

    @Override
    public Optional<TransportFactory> find(ExtensionContext test) {
        return AnnotatedElementUtils.hasAnnotation(test.getRequiredTestClass(), SpringBootTest.class)
                ? Optional.of(new Queues(
                        "on Artemis",
                        new ArtemisQueues(
                                SpringExtension.getApplicationContext(test)
                                        .getBean(EmbeddedActiveMQ.class)
                                        .getActiveMQServer(),
                                "dead-letters")))
                : Optional.empty();
    }
}
