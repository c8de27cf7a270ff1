package io.github.atleastonce.state;

import org.apiguardian.api.API;

/**
 * Something that takes part in a run and says all that the rest of the run depends on: an extension point. What has no state that outlasts the
 * work of a service says nothing. Called on the thread of the test, while no service is at work.
 */
@FunctionalInterface
@API(status = API.Status.INTERNAL)
public interface Captured {

    /**
     * Says what the rest of the run depends on. What is equal in two runs must let both go on alike.
     *
     * @param into takes it
     */
    void capture(Snapshot into);

    /**
     * Says whether a test's body or its claims can look at this, as they can at the rows of a database.
     *
     * @return false for what only decides what comes next
     */
    default boolean isVisible() {
        return true;
    }
}
