package io.github.atleastonce.run;

import io.github.atleastonce.history.Cause;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What is being done at a moment.
 *
 * @param life the life that does it, or null for the body of the test
 * @param cause why
 */
@API(status = API.Status.INTERNAL)
public record Work(@Nullable Lifetime life, Cause cause) {

    static final Work BODY = new Work(null, Cause.of("body", "the test", "the test"));
}
