package io.github.atleastonce.queue;

import org.jspecify.annotations.Nullable;

/**
 * A message that is no part of a run: what its consumer says passes to the server.
 *
 * @param hands what is in hand
 * @param leftOver what no consumer is to get
 */
record ReceivedBesideRuns(Hands hands, LeftOver leftOver) implements Received {

    @Override
    public boolean together(QueueServer.InHand next) {
        if (leftOver.throwAway(next)) {
            return false;
        }
        hands.add(next);
        return true;
    }

    @Override
    public void begin() {
        // Nobody's turn is waited for.
    }

    @Override
    public void acknowledge() {
        hands.acknowledge();
    }

    @Override
    public void acknowledgeAtDelivery() {
        hands.acknowledge();
    }

    @Override
    public void giveBack(Throwable why) {
        hands.giveBack();
    }

    @Override
    public void handBack(Throwable why) {
        hands.giveBack();
    }

    @Override
    public void putAside(Throwable why) {
        hands.putAside();
    }

    @Override
    public void keep(@Nullable Throwable why) {
        hands.putAside();
    }

    @Override
    public void leave() {
        // Nobody waits for it.
    }
}
