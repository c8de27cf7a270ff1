package io.github.atleastonce.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Calls the driver, and lets its own exceptions through. */
final class Delegation {

    static final Object[] NONE = {};

    private Delegation() {}

    static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable ... arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
