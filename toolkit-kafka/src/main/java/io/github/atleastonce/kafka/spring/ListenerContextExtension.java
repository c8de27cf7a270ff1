package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.spring.ContextExtension;
import org.apiguardian.api.API;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/** Lets the listener containers and the producers of each context take part in runs. Found by the service loader; does nothing without spring-kafka. */
@API(status = API.Status.INTERNAL)
public final class ListenerContextExtension implements ContextExtension {

    private static final String CONTAINER = "org.springframework.kafka.listener.AbstractMessageListenerContainer";

    /** Creates the extension; for the service loader. */
    public ListenerContextExtension() {}

    @Override
    public void extend(ConfigurableApplicationContext context) {
        if (ClassUtils.isPresent(CONTAINER, ListenerContextExtension.class.getClassLoader())) {
            ListenerContainers.takePart(context);
        }
    }
}
