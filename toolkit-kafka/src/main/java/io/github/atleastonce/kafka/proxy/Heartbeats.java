package io.github.atleastonce.kafka.proxy;

/** While somebody watches, members of the newer protocol ask soon again, since they learn only so that they are none any more. */
final class Heartbeats implements Inspection {

    private static final int SOON_MILLIS = 20;
    private static final String INTERVAL = "heartbeatIntervalMs";

    private final Watching watching;

    Heartbeats(Watching watching) {
        this.watching = watching;
    }

    @Override
    public void answered(Exchange exchange, Line line) {
        Struct answer = exchange.response();
        if (answer != null && watching.present() != null && answer.number(INTERVAL) > SOON_MILLIS) {
            answer.set(INTERVAL, SOON_MILLIS);
            exchange.responseChanged();
        }
    }
}
