package io.github.atleastonce.kafka;

import io.github.atleastonce.run.Run;
import org.apiguardian.api.API;

/** What is done before a run goes on with whatever is delivered next: groups of nodes find out who reads what, if a member has come or gone. */
@API(status = API.Status.INTERNAL)
public final class NodeBalance {

    private Runnable action = () -> {};

    private NodeBalance() {}

    /**
     * Lets something be done before whatever is delivered next.
     *
     * @param run the run
     * @param action what to do
     */
    public static void by(Run run, Runnable action) {
        run.belonging(NodeBalance.class, any -> new NodeBalance()).action = action;
    }

    static void of(Run run) {
        run.belonging(NodeBalance.class).ifPresent(balance -> balance.action.run());
    }
}
