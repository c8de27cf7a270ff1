package io.github.atleastonce.evolution;

import org.apiguardian.api.API;

/** Says which side of an event may go first, when its newest version is released. */
@API(status = API.Status.EXPERIMENTAL)
public enum DeploymentOrder {
    /** Today's consumer reads the events of yesterday's producer, so consumers may be deployed first; where they are not, yesterday's consumers fail. */
    CONSUMER_FIRST(true, false),
    /** Yesterday's consumer reads the events of today's producer, so producers may be deployed first; old events must be gone before consumers follow. */
    PRODUCER_FIRST(false, true),
    /** Both read each other's events. */
    EITHER_FIRST(true, true),
    /** Neither reads the other's events: a rolling deployment loses some, whoever begins. */
    NEITHER(false, false);

    private final boolean consumer;
    private final boolean producer;

    DeploymentOrder(boolean consumer, boolean producer) {
        this.consumer = consumer;
        this.producer = producer;
    }

    static DeploymentOrder of(boolean consumer, boolean producer) {
        if (consumer) {
            return producer ? EITHER_FIRST : CONSUMER_FIRST;
        }
        return producer ? PRODUCER_FIRST : NEITHER;
    }

    /** Says whether this leaves room for what is wanted. */
    boolean permits(DeploymentOrder wanted) {
        return (consumer || !wanted.consumer) && (producer || !wanted.producer);
    }

    /**
     * Returns the answer in words.
     *
     * @return for example {@code consumers first}
     */
    @Override
    public String toString() {
        return switch (this) {
            case CONSUMER_FIRST -> "consumers first";
            case PRODUCER_FIRST -> "producers first";
            case EITHER_FIRST -> "either side first";
            case NEITHER -> "neither side first";
        };
    }
}
