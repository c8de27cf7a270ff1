package io.github.atleastonce.spring;

import javax.sql.DataSource;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.util.ClassUtils;

/** Lays a proxy over each data source bean; all but {@code getConnection} goes to the bean itself. */
final class DataSourceWrapper implements BeanPostProcessor {

    private static final boolean SPRING_JDBC = ClassUtils.isPresent(
            "org.springframework.jdbc.datasource.DelegatingDataSource", DataSourceWrapper.class.getClassLoader());

    private final ContextLives lives;

    DataSourceWrapper(ContextLives lives) {
        this.lives = lives;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        // The proxy of a scoped bean stands for one that comes by here itself.
        if (!(bean instanceof DataSource source)
                || bean instanceof AopInfrastructureBean
                || BeanProxy.isOver(bean, DataSourceAdvice.class)) {
            return bean;
        }
        if (SPRING_JDBC && Delegating.is(bean)) {
            // It opens no connection itself, and its own would hide that they are instrumented already.
            Delegating.wrapTarget(bean, this);
            return bean;
        }
        return BeanProxy.over(source, new DataSourceAdvice(lives, source));
    }

    /** Holds all that needs spring-jdbc, which an application may do without. */
    private static final class Delegating {

        private Delegating() {}

        static boolean is(Object bean) {
            return bean instanceof DelegatingDataSource;
        }

        static void wrapTarget(Object bean, DataSourceWrapper wrapper) {
            DelegatingDataSource delegating = (DelegatingDataSource) bean;
            DataSource target = delegating.getTargetDataSource();
            if (target != null) {
                delegating.setTargetDataSource((DataSource) wrapper.postProcessAfterInitialization(target, "target"));
            }
        }
    }
}
