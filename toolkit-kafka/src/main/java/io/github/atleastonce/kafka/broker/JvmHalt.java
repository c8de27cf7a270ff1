package io.github.atleastonce.kafka.broker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Keeps Kafka's server from halting the JVM of the tests, which it does without a word when its files vanish or a thread of its
 * own fails. Threads of others may halt as before.
 */
final class JvmHalt {

    /** Where Kafka 4.4, and where 3.9 to 4.3, keep the procedures that end the JVM. */
    private static final List<String> PLACES =
            List.of("org.apache.kafka.common.utils.internals.Exit", "org.apache.kafka.common.utils.Exit");

    private JvmHalt() {}

    static void sparesTheTests() throws ReflectiveOperationException {
        Class<?> exit = exit();
        Class<?> procedure = Class.forName(exit.getName() + "$Procedure", true, exit.getClassLoader());
        exit.getMethod("setHaltProcedure", procedure)
                .invoke(
                        null,
                        unlessOfBroker(procedure, status -> Runtime.getRuntime().halt(status)));
        exit.getMethod("setExitProcedure", procedure).invoke(null, unlessOfBroker(procedure, System::exit));
    }

    private static Object unlessOfBroker(Class<?> procedure, java.util.function.IntConsumer end) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (Thread.currentThread().getThreadGroup() instanceof BrokerThreads threads) {
                threads.giveUp();
            } else {
                end.accept((Integer) arguments[0]);
            }
            return null;
        };
        return Proxy.newProxyInstance(procedure.getClassLoader(), new Class<?>[] {procedure}, handler);
    }

    private static Class<?> exit() throws ClassNotFoundException {
        ClassNotFoundException last = new ClassNotFoundException(PLACES.toString());
        for (String place : PLACES) {
            try {
                return Class.forName(place);
            } catch (ClassNotFoundException elsewhere) {
                last = elsewhere;
            }
        }
        throw last;
    }
}
