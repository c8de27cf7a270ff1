package io.github.atleastonce.hosted;

import io.github.atleastonce.run.Activity;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.schedule.Offer;
import java.util.List;
import java.util.function.Consumer;

/** The part of work that was handed over in the settling of its run. */
record FollowedWork(FollowedTasks tasks) implements Activity {

    @Override
    public boolean advance() {
        return tasks.advance();
    }

    @Override
    public boolean holding() {
        return false;
    }

    @Override
    public void release() {
        // Nothing is held back.
    }

    @Override
    public void settled() {
        // There is nothing to confirm.
    }

    @Override
    public void offerLate(Consumer<Offer> late) {
        // Nothing happens late to what has ended.
    }

    @Override
    public void died(Lifetime life) {
        life.death().ifPresent(crash -> tasks.cut(life, crash));
    }

    @Override
    public List<String> leftovers() {
        return tasks.leftovers();
    }

    @Override
    public void close() {
        tasks.close();
    }
}
