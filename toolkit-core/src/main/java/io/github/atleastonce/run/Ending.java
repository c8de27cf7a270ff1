package io.github.atleastonce.run;

import org.apiguardian.api.API;

/** How work in a life ended. */
@API(status = API.Status.INTERNAL)
public sealed interface Ending {

    /** It returned. */
    record Returned() implements Ending {

        static final Returned INSTANCE = new Returned();
    }

    /** The life died in it, or before it. */
    record Died() implements Ending {

        static final Died INSTANCE = new Died();
    }

    /**
     * It threw, and the life goes on.
     *
     * @param failure what was thrown
     * @param disturbed whether a fault was injected into it, so that it may have failed because of that
     */
    record Threw(Throwable failure, boolean disturbed) implements Ending {

        /** The work can throw nothing but what it declares, and what need not be declared. */
        @SuppressWarnings("unchecked")
        <X extends Exception> X asThrown() {
            if (failure instanceof Error error) {
                throw error;
            }
            return (X) failure;
        }
    }
}
