package io.github.atleastonce.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;

/** What a caller gets instead of the answer that the test has stubbed. */
enum Answer {
    /** The connection is closed without a byte. */
    CLOSED {
        @Override
        ResponseDefinitionBuilder response() {
            return aResponse().withFault(Fault.EMPTY_RESPONSE);
        }
    },
    /** The connection is reset. */
    RESET {
        @Override
        ResponseDefinitionBuilder response() {
            return aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
        }
    },
    /** Nothing was done: try again. */
    UNAVAILABLE {
        @Override
        ResponseDefinitionBuilder response() {
            return aResponse().withStatus(503);
        }
    },
    /** Somebody on the way has not got the answer in time. */
    TIMED_OUT {
        @Override
        ResponseDefinitionBuilder response() {
            return aResponse().withStatus(504);
        }
    },
    /** The idempotency key was used for something else. */
    KEY_REUSED {
        @Override
        ResponseDefinitionBuilder response() {
            return aResponse()
                    .withStatus(400)
                    .withHeader("Content-Type", "application/json")
                    .withBody(
                            "{\"error\":{\"type\":\"idempotency_error\",\"message\":\"This idempotency key was first used with "
                                    + "other parameters.\"}}");
        }
    };

    abstract ResponseDefinitionBuilder response();
}
