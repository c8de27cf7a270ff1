package io.github.atleastonce.spring;

import org.apiguardian.api.API;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Lets more of a context take part in runs, such as its listener containers: an extension point, found by {@link java.util.ServiceLoader}. Called for each context of a
 * test that Spring runs, and for each that a life starts.
 */
@API(status = API.Status.EXPERIMENTAL)
@FunctionalInterface
public interface ContextExtension {

    /**
     * Adds what takes part, such as a {@link QueueConsumers} and the bean post processor that tells it of messages.
     *
     * @param context the context, before its beans are made
     */
    void extend(ConfigurableApplicationContext context);
}
