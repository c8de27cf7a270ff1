package io.github.atleastonce.kafka.spring;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Adds what lets the listener containers and the producers of a context take part. All are equal, so that contexts are shared. */
record ListenerContextCustomizer() implements ContextCustomizer {

    static final String BEAN = "io.github.atleastonce.kafka.spring.listenerContainers";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        PollingThreads polling = new PollingThreads();
        ProducerFactories producers = new ProducerFactories(context.getBeanFactory(), polling);
        ListenerContainers containers = new ListenerContainers(context, producers, polling);
        context.getBeanFactory().registerSingleton(BEAN, containers);
        context.addApplicationListener(containers);
        context.getBeanFactory().addBeanPostProcessor(producers);
    }
}
