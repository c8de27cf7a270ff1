package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.run.Guests;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.spring.ContextLives;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerPostProcessor;

/**
 * Lets no offset be committed by a thread whose life has died: neither by a listener that went on, nor by its container, which
 * commits on closing what was acknowledged before.
 */
final class ConsumerFence<K, V> implements ConsumerPostProcessor<K, V> {

    private final ContextLives lives;

    ConsumerFence(ContextLives lives) {
        this.lives = lives;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Consumer<K, V> apply(Consumer<K, V> bare) {
        return (Consumer<K, V>) Proxy.newProxyInstance(
                ConsumerFence.class.getClassLoader(), new Class<?>[] {Consumer.class}, new Fenced(bare));
    }

    private Optional<Life> deadHere() {
        return lives.run()
                .flatMap(run -> run.guests().here())
                .map(Guests.Visit::life)
                .filter(Life::isDead);
    }

    private final class Fenced implements InvocationHandler {

        private final Consumer<K, V> bare;
        private boolean closing;

        Fenced(Consumer<K, V> bare) {
            this.bare = bare;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            switch (method.getName()) {
                case "close" -> closing = true;
                case "commitSync", "commitAsync" -> {
                    Optional<Life> dead = deadHere();
                    if (dead.isPresent() && closing) {
                        return null;
                    }
                    dead.ifPresent(Life::refuseIfDead);
                }
                default -> {}
            }
            try {
                return method.invoke(bare, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }
    }
}
