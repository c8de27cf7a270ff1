package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Cause;
import org.jspecify.annotations.Nullable;

/** The records of one poll, handed over together: named by the first and the last of them. */
record BatchCause(Cause first, Cause last, int records) implements Cause {

    @Override
    public String name() {
        return first.name() + ".." + last.name().substring(last.name().indexOf('<') + 1);
    }

    @Override
    public String title() {
        return records + " records from " + first.title();
    }

    @Override
    public String start() {
        return first.start();
    }

    @Override
    public @Nullable String actor() {
        return first.actor();
    }
}
