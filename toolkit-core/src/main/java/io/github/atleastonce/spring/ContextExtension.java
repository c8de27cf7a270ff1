package io.github.atleastonce.spring;

import org.apiguardian.api.API;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Lets more of a context that a life starts take part in its run, such as its listener containers: an extension point, found by {@link
 * java.util.ServiceLoader}. Contexts of a test are told by Spring's own customizers.
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface ContextExtension {

    /**
     * Adds what takes part. {@link ContextLives} is a bean already.
     *
     * @param context the context, before its beans are made
     */
    void extend(ConfigurableApplicationContext context);
}
