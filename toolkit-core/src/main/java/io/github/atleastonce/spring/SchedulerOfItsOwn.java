package io.github.atleastonce.spring;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.concurrent.ConcurrentTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/**
 * The scheduler of {@code @Scheduled} methods, where it is no bean: one that the application has set, or the one thread that Spring takes where there
 * is none. Comes after the application's own configurers.
 */
final class SchedulerOfItsOwn implements SchedulingConfigurer, Ordered, DisposableBean {

    static final String BEAN = "io.github.atleastonce.spring.schedulerOfItsOwn";

    private final ConfigurableListableBeanFactory beans;
    private final ExecutorWrapper executors;
    private @Nullable ScheduledExecutorService own;

    SchedulerOfItsOwn(ConfigurableApplicationContext context, ExecutorWrapper executors) {
        this.beans = context.getBeanFactory();
        this.executors = executors;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar registrar) {
        TaskScheduler set = registrar.getScheduler();
        if (set != null) {
            registrar.setTaskScheduler(executors.over(set));
        } else if (registrar.hasTasks() && !has(TaskScheduler.class) && !has(ScheduledExecutorService.class)) {
            own = Executors.newSingleThreadScheduledExecutor();
            registrar.setTaskScheduler(executors.over(new ConcurrentTaskScheduler(own)));
            if (beans instanceof DefaultListableBeanFactory factory) {
                factory.registerDisposableBean(BEAN, this);
            }
        }
    }

    private boolean has(Class<?> type) {
        return beans.getBeanNamesForType(type, true, false).length > 0;
    }

    @Override
    public void destroy() {
        if (own != null) {
            own.shutdownNow();
        }
    }
}
