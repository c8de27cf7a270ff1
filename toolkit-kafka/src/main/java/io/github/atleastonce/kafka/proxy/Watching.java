package io.github.atleastonce.kafka.proxy;

import org.jspecify.annotations.Nullable;

/** Who watches at present, if anybody does. */
final class Watching {

    private volatile @Nullable Watch watch;

    @Nullable
    Watch present() {
        return watch;
    }

    void begin(@Nullable Watch next) {
        watch = next;
    }
}
