package io.github.atleastonce.kafka.proxy;

/** Ends a connection. */
final class CutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CutException(String message) {
        super(message);
    }
}
