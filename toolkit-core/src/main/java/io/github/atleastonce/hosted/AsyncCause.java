package io.github.atleastonce.hosted;

import io.github.atleastonce.history.Cause;
import org.jspecify.annotations.Nullable;

/** What another thread does for something, which has handed it over and goes on meanwhile. */
record AsyncCause(Cause origin) implements Cause {

    @Override
    public String name() {
        return origin.name() + ".async";
    }

    @Override
    public String title() {
        return "asynchronous work of " + origin.title();
    }

    @Override
    public String start() {
        return "the asynchronous work";
    }

    @Override
    public @Nullable String actor() {
        return origin.actor();
    }
}
