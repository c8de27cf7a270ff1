package io.github.atleastonce.check;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event together with what a function of its type gave. */
record Typed<T>(T event, Object result) {

    /** Applies a function, or returns null if the event is not of the type that it takes. */
    @SuppressWarnings("unchecked")
    static <T> @Nullable Typed<T> of(Object event, Function<T, ?> function) {
        try {
            T typed = (T) event;
            return new Typed<>(typed, function.apply(typed));
        } catch (ClassCastException otherType) {
            return null;
        }
    }
}
