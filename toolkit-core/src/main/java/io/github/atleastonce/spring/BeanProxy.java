package io.github.atleastonce.spring;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.util.ClassUtils;

/** Lays a proxy over a bean: of the bean's own class where that can be extended, since beans are also injected by it. */
final class BeanProxy {

    private BeanProxy() {}

    static <T> T over(T bean, MethodInterceptor advice) {
        Class<?> type = bean.getClass();
        boolean open = !Modifier.isFinal(type.getModifiers()) && !type.isHidden();
        try {
            return over(bean, open, advice);
        } catch (AopConfigException cannotBeExtended) {
            return over(bean, false, advice);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T over(T bean, boolean extend, MethodInterceptor advice) {
        ProxyFactory factory = new ProxyFactory(ClassUtils.getAllInterfaces(bean));
        factory.setTarget(bean);
        factory.setProxyTargetClass(extend);
        factory.addAdvice(advice);
        return (T) factory.getProxy(bean.getClass().getClassLoader());
    }

    static boolean isOver(Object bean, Class<? extends MethodInterceptor> advice) {
        return bean instanceof Advised advised
                && Arrays.stream(advised.getAdvisors()).anyMatch(advisor -> advice.isInstance(advisor.getAdvice()));
    }
}
