package io.github.atleastonce.spring;

import java.util.concurrent.Executor;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.AsyncAnnotationBeanPostProcessor;

/** Lays a proxy over each executor bean, so that what is handed over to it is followed. */
final class ExecutorWrapper implements BeanPostProcessor {

    private final ContextLives lives;

    ExecutorWrapper(ContextLives lives) {
        this.lives = lives;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof AsyncAnnotationBeanPostProcessor methods) {
            AsyncDefault.follow(methods, this);
        }
        return (bean instanceof Executor || bean instanceof TaskScheduler) && !(bean instanceof AopInfrastructureBean)
                ? over(bean)
                : bean;
    }

    <T> T over(T executor) {
        return BeanProxy.isOver(executor, ExecutorAdvice.class)
                ? executor
                : BeanProxy.over(executor, new ExecutorAdvice(lives));
    }
}
