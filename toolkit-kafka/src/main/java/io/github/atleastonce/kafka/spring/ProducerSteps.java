package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.spring.ContextLives;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerPostProcessor;

/**
 * Makes each send of the application a step: the record is durable when the send returns, and the process may die right after. A
 * life that has died sends nothing.
 */
final class ProducerSteps<K, V> implements ProducerPostProcessor<K, V> {

    private final ContextLives lives;

    ProducerSteps(ContextLives lives) {
        this.lives = lives;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Producer<K, V> apply(Producer<K, V> bare) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Optional<Life> life = method.getName().equals("send") ? lives.here() : Optional.empty();
            return life.isPresent() ? send(life.get(), bare, method, arguments) : call(bare, method, arguments);
        };
        return (Producer<K, V>)
                Proxy.newProxyInstance(ProducerSteps.class.getClassLoader(), new Class<?>[] {Producer.class}, handler);
    }

    private static @Nullable Object send(
            Life life, Producer<?, ?> bare, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        life.refuseIfDead();
        Object landing = call(bare, method, arguments);
        if (life.takesSteps() && arguments != null && arguments[0] instanceof ProducerRecord<?, ?> sent) {
            bare.flush();
            life.step("send " + sent.topic());
        }
        return landing;
    }

    private static @Nullable Object call(Producer<?, ?> bare, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(bare, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
