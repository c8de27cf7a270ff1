package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.spring.ContextLives;
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
    public Consumer<K, V> apply(Consumer<K, V> bare) {
        return ClientProxy.over(Consumer.class, bare, new Fence());
    }

    private Optional<Lifetime> deadHere() {
        return lives.run()
                .flatMap(run -> HostedTasks.of(run).here())
                .map(HostedTasks.HostedTask::life)
                .filter(Lifetime::isDead);
    }

    private final class Fence implements ClientProxy.Advice {

        private boolean closing;

        @Override
        public @Nullable Object on(ClientProxy.Call call) throws Throwable {
            switch (call.name()) {
                case "close" -> closing = true;
                case "commitSync", "commitAsync" -> {
                    Optional<Lifetime> dead = deadHere();
                    if (dead.isPresent() && closing) {
                        return null;
                    }
                    dead.ifPresent(Lifetime::refuseIfDead);
                }
                default -> {}
            }
            return call.proceed();
        }
    }
}
