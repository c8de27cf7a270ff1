package io.github.atleastonce.run;

import io.github.atleastonce.schedule.Bounds;
import java.util.List;
import org.apiguardian.api.API;

/** Says that a {@code settle()} or {@code elapse()} ran into its bound, and names what is still moving. */
@API(status = API.Status.EXPERIMENTAL)
public final class NotSettledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotSettledException(Bounds bounds, List<String> leftovers) {
        this("maxDeliveries = " + bounds.maxDeliveries(), leftovers);
    }

    /**
     * Creates the exception.
     *
     * @param bound the bound that was reached, with its value
     * @param leftovers what is still moving, in words
     */
    public NotSettledException(String bound, List<String> leftovers) {
        super("The scenario did not come to rest within " + bound + "; still moving: "
                + (leftovers.isEmpty() ? "nothing that can be named" : String.join(", ", leftovers)) + ".");
    }
}
