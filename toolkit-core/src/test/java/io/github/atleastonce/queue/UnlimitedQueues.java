package io.github.atleastonce.queue;

import java.util.Optional;

/** A server of queues that tries for ever, and does not count. */
class UnlimitedQueues extends MemoryQueues {

    @Override
    void giveBack(String queue, Entry entry) {
        entry.taken = false;
    }

    @Override
    public int deliveryLimit() {
        return 0;
    }

    @Override
    public boolean countsDeliveries() {
        return false;
    }

    @Override
    public Optional<String> deadLetterQueue(String queue) {
        return Optional.empty();
    }

    /** What is given back comes after all else. */
    static class ToTheTail extends UnlimitedQueues {

        @Override
        void giveBack(String queue, Entry entry) {
            in(queue).remove(entry);
            super.giveBack(queue, entry);
            in(queue).add(entry);
        }
    }
}
