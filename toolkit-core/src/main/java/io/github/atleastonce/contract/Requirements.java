package io.github.atleastonce.contract;

import java.util.ArrayList;
import java.util.List;

/** What a clause wants to be so; each failure says what was seen instead. */
final class Requirements {

    private Requirements() {}

    static void settled(Observation observation) {
        require(observation.failure() == null, "the run must not fail", observation);
        require(
                observation.leftovers().isEmpty(),
                "nothing may be left over after settle(), but so was " + observation.leftovers(),
                observation);
    }

    static void allOnce(Observation observation, String group) {
        List<String> ids = new ArrayList<>(observation.ids(group));
        ids.sort(null);
        require(ids.equals(Traffic.ids(Traffic.MESSAGES)), group + " must get each message once", observation);
    }

    static void require(boolean holds, String clause, Observation observation) {
        if (!holds) {
            throw new AssertionError("The contract of transports is broken: " + clause + "; " + observation + ".");
        }
    }
}
