package io.github.atleastonce.spring;

import java.lang.reflect.Field;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.interceptor.AsyncExecutionAspectSupport;
import org.springframework.scheduling.annotation.AsyncAnnotationAdvisor;
import org.springframework.scheduling.annotation.AsyncAnnotationBeanPostProcessor;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * The executor of {@code @Async} methods that name none, where it is no bean: the one of an {@code AsyncConfigurer}, or the one that Spring makes by
 * itself. Where Spring keeps it cannot be asked for.
 */
final class AsyncDefault {

    private AsyncDefault() {}

    /** Lays a proxy over the executor, once somebody wants it. */
    static void follow(AsyncAnnotationBeanPostProcessor bean, ExecutorWrapper executors) {
        if (!(value(bean, "advisor") instanceof AsyncAnnotationAdvisor advisor)
                || !(advisor.getAdvice() instanceof AsyncExecutionAspectSupport support)) {
            return;
        }
        Field field = ReflectionUtils.findField(support.getClass(), "defaultExecutor");
        if (field != null && value(support, "defaultExecutor") instanceof SingletonSupplier<?> own) {
            ReflectionUtils.makeAccessible(field);
            ReflectionUtils.setField(field, support, SingletonSupplier.ofNullable(() -> over(own.get(), executors)));
        }
    }

    private static @Nullable Object over(@Nullable Object executor, ExecutorWrapper executors) {
        return executor instanceof Executor own ? executors.over(own) : executor;
    }

    private static @Nullable Object value(Object owner, String name) {
        Field field = ReflectionUtils.findField(owner.getClass(), name);
        if (field == null) {
            return null;
        }
        ReflectionUtils.makeAccessible(field);
        return ReflectionUtils.getField(field, owner);
    }
}
