package io.github.atleastonce.http;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Narration;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Something that happened between a service and a third party. */
@API(status = API.Status.INTERNAL)
public sealed interface HttpEvent extends Event {

    /** What a call came to. */
    enum Result {
        /** It was done, for the first time. */
        DONE,
        /** It had been done before, under the same idempotency key or by a method that may be repeated. */
        REPEATED,
        /** It was done, and changes nothing, or was declined by the test's own stub. */
        NO_EFFECT,
        /** It was not done: an error of the server or of the network came before. */
        UNDONE,
        /** It was refused, since its idempotency key belongs to something else. */
        REFUSED
    }

    /**
     * A service called a third party. The step that follows tells it, or the fault.
     *
     * @param service the service
     * @param party the third party
     * @param call method and path
     * @param request the request
     * @param key its idempotency key, or null
     * @param result what it came to
     */
    record Called(
            String service,
            String party,
            String call,
            LoggedRequest request,
            @Nullable String key,
            Result result) implements HttpEvent {

        @Override
        public void tell(Narration story) {}
    }
}
