package io.github.atleastonce.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
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

    static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable ... arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
