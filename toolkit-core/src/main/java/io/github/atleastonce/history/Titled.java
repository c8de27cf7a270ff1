package io.github.atleastonce.history;

import org.apiguardian.api.API;

/** Something that a service does, in words for people. Immutable; builds its words only when asked. */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface Titled {

    /**
     * Returns the words, with real keys.
     *
     * @return for example {@code OrderCreated(o-1) to customers}
     */
    String title();
}
