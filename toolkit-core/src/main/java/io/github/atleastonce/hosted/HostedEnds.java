package io.github.atleastonce.hosted;

import io.github.atleastonce.run.Activity;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.schedule.Offer;
import java.util.List;
import java.util.function.Consumer;

/** Lets all threads go when the run is over, and cuts them off when their life has died. */
record HostedEnds(HostedTasks tasks) implements Activity {

    @Override
    public boolean advance() {
        return false;
    }

    @Override
    public boolean holding() {
        return false;
    }

    @Override
    public void release() {
        // A DELAY holds messages, not threads.
    }

    @Override
    public void settled() {
        // What is confirmed is the transport's business.
    }

    @Override
    public void offerLate(Consumer<Offer> late) {
        // Nothing happens late to a thread.
    }

    @Override
    public void offerConcurrent(Consumer<Offer> concurrent) {
        tasks.concurrent().offer(concurrent);
    }

    @Override
    public void died(Lifetime life) {
        life.death().ifPresent(crash -> tasks.cutAll(life, crash));
    }

    @Override
    public List<String> leftovers() {
        return List.of();
    }

    @Override
    public void close() {
        tasks.passAll();
    }
}
