package io.github.atleastonce.spring;

import java.util.ServiceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Lets a context take part in runs. All are equal, so that contexts are shared as they would be without it. */
record FaultContextCustomizer() implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        follow(context);
        extend(context);
    }

    /** Lets what other rooms know of take part, and what users have added. */
    static void extend(ConfigurableApplicationContext context) {
        ServiceLoader.load(ContextExtension.class).forEach(extension -> extension.extend(context));
    }

    /** Lets data sources, executors and schedulers of a context that is about to start take part. */
    static ContextLives follow(ConfigurableApplicationContext context) {
        ContextLives lives = new ContextLives();
        context.getBeanFactory().registerSingleton(ContextLives.BEAN, lives);
        context.getBeanFactory().addBeanPostProcessor(new DataSourceWrapper(lives));
        ExecutorWrapper executors = new ExecutorWrapper(lives);
        context.getBeanFactory().addBeanPostProcessor(executors);
        context.getBeanFactory().registerSingleton(SchedulerOfItsOwn.BEAN, new SchedulerOfItsOwn(context, executors));
        return lives;
    }
}
