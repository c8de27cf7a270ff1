package io.github.atleastonce.spring;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import javax.sql.DataSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.util.ClassUtils;

/**
 * Lays a proxy over each data source bean. It is of the bean's own class where that can be extended, since beans are also
 * injected by it ({@code HikariDataSource}); all but {@code getConnection} goes to the bean itself.
 */
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
        if (!(bean instanceof DataSource source) || bean instanceof AopInfrastructureBean || isWrapped(bean)) {
            return bean;
        }
        if (SPRING_JDBC && Delegating.is(bean)) {
            // It opens no connection itself, and its own would hide that they are instrumented already.
            Delegating.wrapTarget(bean, this);
            return bean;
        }
        return wrap(source);
    }

    private DataSource wrap(DataSource bare) {
        Class<?> type = bare.getClass();
        boolean open = !Modifier.isFinal(type.getModifiers()) && !type.isHidden();
        try {
            return proxy(bare, open);
        } catch (AopConfigException cannotBeExtended) {
            return proxy(bare, false);
        }
    }

    private DataSource proxy(DataSource bare, boolean extend) {
        ProxyFactory factory = new ProxyFactory(ClassUtils.getAllInterfaces(bare));
        factory.setTarget(bare);
        factory.setProxyTargetClass(extend);
        factory.addAdvice(new DataSourceAdvice(lives, bare));
        return (DataSource) factory.getProxy(bare.getClass().getClassLoader());
    }

    private static boolean isWrapped(Object bean) {
        return bean instanceof Advised advised
                && Arrays.stream(advised.getAdvisors())
                        .anyMatch(advisor -> advisor.getAdvice() instanceof DataSourceAdvice);
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
