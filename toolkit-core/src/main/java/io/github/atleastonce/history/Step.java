package io.github.atleastonce.history;

import org.apiguardian.api.API;

/**
 * An I/O step that a service has done, as a plain value. Open for rooms: one that does I/O of a kind of its own has steps of its own.
 * Immutable; builds its strings only when asked.
 */
@API(status = API.Status.INTERNAL)
public interface Step {

    /**
     * Returns the name, which is the same for the same step in each run; tokens and stories show it.
     *
     * @return for example {@code insert orders}
     */
    String name();

    /**
     * Returns what a story adds to the name: what came of the step this time.
     *
     * @return for example {@code (3 rows)}; empty if nobody would ask
     */
    default String remark() {
        return "";
    }

    /**
     * Says whether the step changed nothing by itself, such as a query or the end of a transaction. Polls that take no other steps are
     * left out of a story.
     *
     * @return whether it changed nothing
     */
    default boolean changesNothing() {
        return false;
    }

    /**
     * Says whether the message at hand is acknowledged by this step, so that it does not come again.
     *
     * @return whether it is
     */
    default boolean acknowledges() {
        return false;
    }

    /**
     * Makes a step that a name says all about.
     *
     * @param name what kind of step
     * @return the step
     */
    static Step named(String name) {
        return new Custom(name);
    }

    /**
     * A step that a service names itself.
     *
     * @param name what kind of step
     */
    record Custom(String name) implements Step {}

    /**
     * The message at hand was acknowledged.
     *
     * @param name how that is called where the message comes from
     */
    record Acknowledge(String name) implements Step {

        @Override
        public boolean acknowledges() {
            return true;
        }
    }

    /**
     * A message was sent, and is durable.
     *
     * @param channel the channel's name
     */
    record Send(String channel) implements Step {

        @Override
        public String name() {
            return "send " + channel;
        }
    }

    /**
     * A message was handed over to be sent, and is not durable yet.
     *
     * @param channel the channel's name
     */
    record HandOver(String channel) implements Step {

        @Override
        public String name() {
            return "hand over " + channel;
        }
    }
}
