package io.github.atleastonce.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Calls the driver, and lets its own exceptions through. */
final class Delegation {

    private static final Object[] NONE = {};

    private Delegation() {}

    /** Returns the arguments of a call; a proxy gets null where there are none. What is in them is the driver's concern. */
    @SuppressWarnings("NullAway")
    static Object[] given(@Nullable Object @Nullable [] arguments) {
        return arguments == null ? NONE : arguments;
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Delegation.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable ... arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
