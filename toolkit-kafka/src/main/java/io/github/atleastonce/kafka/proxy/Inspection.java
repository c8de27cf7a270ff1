package io.github.atleastonce.kafka.proxy;

/** Looks at the exchanges of some APIs, and may change them. Called on the threads of connections, several at once. */
interface Inspection {

    /** A request has come, and the broker has not seen it. */
    default void asked(Exchange exchange, Line line) {}

    /** The broker has answered, and the client has not seen it. */
    default void answered(Exchange exchange, Line line) {}
}
