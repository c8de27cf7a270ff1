package io.github.atleastonce.check;

import java.util.function.Function;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * An event together with what a function of its type gave.
 *
 * @param event the event
 * @param result what the function gave
 * @param <T> the type that the function takes
 */
@API(status = API.Status.INTERNAL)
public record Typed<T>(T event, Object result) {

    /**
     * Applies a function to an event of any type.
     *
     * @param event the event
     * @param function takes events of one type
     * @param <T> that type
     * @return both, or null if the event is not of the type that the function takes
     */
    @SuppressWarnings("unchecked")
    public static <T> @Nullable Typed<T> of(Object event, Function<T, ?> function) {
        try {
            T typed = (T) event;
            return new Typed<>(typed, function.apply(typed));
        } catch (ClassCastException otherType) {
            return null;
        }
    }
}
