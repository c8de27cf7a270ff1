package io.github.atleastonce.kafka.spring;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.util.ClassUtils;

/**
 * Lets the listener containers of each test that Spring runs take part in runs. Found by Spring through {@code
 * META-INF/spring.factories}; does nothing where spring-kafka is absent.
 */
@API(status = API.Status.INTERNAL)
public final class ListenerContextCustomizerFactory implements ContextCustomizerFactory {

    private static final String CONTAINER = "org.springframework.kafka.listener.AbstractMessageListenerContainer";

    /** Creates the factory; for Spring. */
    public ListenerContextCustomizerFactory() {}

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configurations) {
        boolean present = ClassUtils.isPresent(CONTAINER, ListenerContextCustomizerFactory.class.getClassLoader());
        return present ? new ListenerContextCustomizer() : null;
    }
}
