package io.github.atleastonce.history;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * When a life ended.
 *
 * @param where the moment, in words, for example {@code after commit}
 * @param during what was being done, if the moment is one of it; null if the life ended outside of all work, or could not go on
 */
@API(status = API.Status.INTERNAL)
public record Moment(String where, @Nullable Titled during) {

    /**
     * Makes a moment outside of all work.
     *
     * @param where the moment, in words
     * @return the moment
     */
    public static Moment of(String where) {
        return new Moment(where, null);
    }
}
