package io.github.atleastonce.kafka.spring;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Adds what lets the listener containers and the producers of a context take part. All are equal, so that contexts are shared. */
record ListenerContextCustomizer() implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        ListenerContainers.takePart(context);
    }
}
