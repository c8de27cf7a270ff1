package io.github.atleastonce.kafka.proxy;

/** A message that is not what its version says. Whoever sent it sees its connection closed, as a broker would do. */
final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message) {
        super(message);
    }
}
