package io.github.atleastonce.kafka.broker;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why this environment offers no broker: not a defect of the service under test. */
@API(status = API.Status.INTERNAL)
public final class BrokerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokerUnavailableException(String sentence) {
        super(sentence);
    }

    BrokerUnavailableException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
