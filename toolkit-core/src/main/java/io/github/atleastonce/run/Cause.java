package io.github.atleastonce.run;

import io.github.atleastonce.history.Titled;
import org.jspecify.annotations.Nullable;

/** What a service is doing, and why: names the steps that follow. Immutable; builds its strings only when asked. */
public interface Cause extends Titled {

    /**
     * Returns the name that is the same in every run, for example {@code customers<orders[k1]}.
     *
     * @return the stable name
     */
    String name();

    /**
     * Returns the cause in words for people, with real keys.
     *
     * @return for example {@code OrderCreated(o-1) in customers}
     */
    @Override
    String title();

    /**
     * Returns what begins with this cause, to say "before …".
     *
     * @return for example {@code the handler}
     */
    String start();

    /**
     * Names who acts, if it is a part of the service and not the service as a whole.
     *
     * @return for example a consumer group, or null
     */
    default @Nullable String actor() {
        return null;
    }

    /**
     * Makes a cause of fixed texts.
     *
     * @param name the stable name
     * @param title the words for people
     * @param start what begins
     * @return the cause
     */
    static Cause of(String name, String title, String start) {
        record Named(String name, String title, String start) implements Cause {}
        return new Named(name, title, start);
    }
}
