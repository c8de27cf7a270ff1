package io.github.atleastonce.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/** What stands between a service and a connection. */
interface Instrumented extends InvocationHandler {

    /** Says whether a connection is one of those that services get. */
    static boolean isInstrumented(Connection connection) {
        return Proxy.isProxyClass(connection.getClass())
                && Proxy.getInvocationHandler(connection) instanceof Instrumented;
    }
}
