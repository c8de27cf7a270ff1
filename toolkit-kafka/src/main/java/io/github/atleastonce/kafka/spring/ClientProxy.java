package io.github.atleastonce.kafka.spring;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Makes proxies over clients of Kafka, whose interfaces grow with each version. */
final class ClientProxy {

    private ClientProxy() {}

    /** Sees each call before the client does. */
    @FunctionalInterface
    interface Advice {

        @Nullable
        Object on(Call call) throws Throwable;
    }

    /** One call of a client, which {@link #proceed} makes. */
    record Call(Object client, Method method, @Nullable Object @Nullable [] arguments) {

        String name() {
            return method.getName();
        }

        @Nullable
        Object argument(int index) {
            return arguments == null || arguments.length <= index ? null : arguments[index];
        }

        @Nullable
        Object proceed() throws Throwable {
            try {
                return method.invoke(client, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }
    }

    static <T> T over(Class<? super T> type, T client, Advice advice) {
        @SuppressWarnings("unchecked")
        T proxy = (T) Proxy.newProxyInstance(
                ClientProxy.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> advice.on(new Call(client, method, arguments)));
        return proxy;
    }
}
