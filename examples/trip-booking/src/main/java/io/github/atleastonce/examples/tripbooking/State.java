package io.github.atleastonce.examples.tripbooking;

/** What is to be done for a trip next. */
enum State {
    BOOK_HOTEL,
    BOOK_FLIGHT,
    BOOK_TRAIN,
    CANCEL_TRAIN,
    CANCEL_FLIGHT,
    CANCEL_HOTEL,
    BOOKED,
    FAILED;

    boolean books() {
        return compareTo(BOOK_TRAIN) <= 0;
    }

    /** Returns what comes when this is done. */
    State next() {
        return switch (this) {
            case BOOK_TRAIN -> BOOKED;
            case CANCEL_HOTEL -> FAILED;
            default -> values()[ordinal() + 1];
        };
    }

    /** Returns what comes when this booking was refused: what was booked before it is cancelled, the last first. */
    State refused() {
        return switch (this) {
            case BOOK_FLIGHT -> CANCEL_HOTEL;
            case BOOK_TRAIN -> CANCEL_FLIGHT;
            default -> FAILED;
        };
    }

    /** Returns what comes when nobody knows whether this booking was made: it is cancelled, too. */
    State unknown() {
        return switch (this) {
            case BOOK_FLIGHT -> CANCEL_FLIGHT;
            case BOOK_TRAIN -> CANCEL_TRAIN;
            default -> CANCEL_HOTEL;
        };
    }
}
