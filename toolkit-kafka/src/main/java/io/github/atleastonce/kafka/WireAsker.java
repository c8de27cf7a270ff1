package io.github.atleastonce.kafka;

import io.github.atleastonce.run.Lifetime;
import org.jspecify.annotations.Nullable;

/**
 * Who wants something that comes by the proxy.
 *
 * @param life the life that has an entrance of its own, or null for anybody else
 * @param lives knows which life boots
 */
record WireAsker(@Nullable Lifetime life, WireLives lives) {

    boolean isGone() {
        return life != null && life.isDead();
    }

    /** Says whether the thread of the run waits for it to boot, which can then decide nothing. */
    boolean isBooting() {
        return life != null && lives.isBooting(life);
    }
}
