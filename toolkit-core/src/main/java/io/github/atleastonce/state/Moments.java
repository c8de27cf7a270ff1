package io.github.atleastonce.state;

import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Moments of a run at which no service is at work, so that its state can be told. Nobody listens unless states are compared. */
@API(status = API.Status.INTERNAL)
public final class Moments {

    private @Nullable Listener listener;

    /** Hears of the moments of a run. */
    public interface Listener {

        /**
         * The run is about to go on, and what comes next is a function of its state and of this place.
         *
         * @param where the place in the toolkit's own code
         */
        void reached(String where);

        /**
         * The body of the test goes on, and may look at what there is.
         *
         * @param result what it was told
         */
        void returned(String result);
    }

    /** Creates moments that nobody hears of. */
    public Moments() {}

    /**
     * Lets somebody hear of the moments from now on.
     *
     * @param next who
     */
    public void listen(Listener next) {
        listener = next;
    }

    /** {@return whether somebody hears of them} */
    public boolean areHeard() {
        return listener != null;
    }

    /**
     * Tells that the run is about to go on.
     *
     * @param where see {@link Listener#reached}
     */
    public void reached(String where) {
        Listener present = listener;
        if (present != null) {
            present.reached(where);
        }
    }

    /**
     * Tells that the body goes on.
     *
     * @param result what it was told, made only if somebody hears of it; see {@link Listener#returned}
     */
    public void returned(Supplier<String> result) {
        Listener present = listener;
        if (present != null) {
            present.returned(result.get());
        }
    }
}
