package io.github.atleastonce.examples.jms;

import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/** Lets the listeners of each context of a test take part in runs. Found by Spring through {@code META-INF/spring.factories}. */
final class ListenerContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configurations) {
        return new Customizer();
    }

    /** All are equal, so that contexts are shared. */
    private record Customizer() implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            ListenerTasks tasks = new ListenerTasks();
            context.getBeanFactory().addBeanPostProcessor(tasks);
            context.addApplicationListener(tasks);
        }
    }
}
