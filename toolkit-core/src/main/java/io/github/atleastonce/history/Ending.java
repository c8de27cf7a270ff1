package io.github.atleastonce.history;

import org.apiguardian.api.API;

/** How work in a life ended. */
@API(status = API.Status.INTERNAL)
public sealed interface Ending {

    /** It returned. */
    record Returned() implements Ending {

        /** The only one. */
        public static final Returned INSTANCE = new Returned();
    }

    /** The life died in it, or before it. */
    record Died() implements Ending {

        /** The only one. */
        public static final Died INSTANCE = new Died();
    }

    /**
     * It threw, and the life goes on.
     *
     * @param failure what was thrown
     * @param disturbed whether a fault was injected into it, so that it may have failed because of that
     */
    record Threw(Throwable failure, boolean disturbed) implements Ending {

        /**
         * Returns what was thrown, as the exception that the work declares: it can throw nothing else but what need not be declared.
         *
         * @param <X> what the work declares
         * @return what was thrown
         */
        @SuppressWarnings("unchecked")
        public <X extends Exception> X asThrown() {
            if (failure instanceof Error error) {
                throw error;
            }
            return (X) failure;
        }
    }
}
