package io.github.atleastonce.sketches;

import io.github.atleastonce.scenario.Scenario;

/**
 * A service in a few lines that breaks its promise under some fault, and the same service without the bug.
 *
 * @param bug what is wrong
 * @param body boots the service, sends to it, settles and claims
 */
record Sketch(String bug, Body body) {

    /** The body of its test. */
    @FunctionalInterface
    interface Body {

        /**
         * Performs the body.
         *
         * @param right whether the service is to be without its bug
         */
        void perform(Scenario scenario, boolean right) throws Exception;
    }

    static Sketch of(String bug, Body body) {
        return new Sketch(bug, body);
    }

    @Override
    public String toString() {
        return bug;
    }
}
