package io.github.atleastonce.history;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** What a service is doing, and why: names the steps that follow. Immutable; builds its strings only when asked. */
@API(status = API.Status.INTERNAL)
public interface Cause extends Titled {

    /**
     * Returns the name that is the same in every run, for example {@code customers<orders[k1]}.
     *
     * @return the stable name
     */
    String name();

    /**
     * Returns the cause in words for people, with real keys.
     *
     * @return for example {@code OrderCreated(o-1) in customers}
     */
    @Override
    String title();

    /**
     * Returns what begins with this cause, to say "before …".
     *
     * @return for example {@code the handler}
     */
    String start();

    /**
     * Names who acts, if it is a part of the service and not the service as a whole.
     *
     * @return for example a consumer group, or null
     */
    default @Nullable String actor() {
        return null;
    }

    /**
     * Says whether a life starts with this.
     *
     * @return whether it is a boot
     */
    default boolean isBoot() {
        return false;
    }

    /**
     * Makes a cause of fixed texts.
     *
     * @param name the stable name
     * @param title the words for people
     * @param start what begins
     * @return the cause
     */
    static Cause of(String name, String title, String start) {
        record Named(String name, String title, String start) implements Cause {}
        return new Named(name, title, start);
    }

    /**
     * Makes the cause of what a service does by itself, such as the tick of a poller.
     *
     * @param service the service
     * @param part the poller, or another part of it
     * @return the cause
     */
    static Cause partOf(String service, String part) {
        record Part(String service, String part) implements Cause {

            @Override
            public String name() {
                return service + "." + part;
            }

            @Override
            public String title() {
                return part + " of " + service;
            }

            @Override
            public String start() {
                return "the " + part;
            }
        }
        return new Part(service, part);
    }

    /**
     * Makes the cause of a boot.
     *
     * @param service the service
     * @return the cause
     */
    static Cause boot(String service) {
        record Boot(String service) implements Cause {

            @Override
            public String name() {
                return service + ".boot";
            }

            @Override
            public String title() {
                return "the start of " + service;
            }

            @Override
            public String start() {
                return "the start";
            }

            @Override
            public boolean isBoot() {
                return true;
            }
        }
        return new Boot(service);
    }

    /**
     * Makes the cause of what the body of the test lets a service try.
     *
     * @param service the service
     * @param number which attempt in this service, from 1
     * @return the cause
     */
    static Cause attempt(String service, int number) {
        record AttemptIn(String service, int number) implements Cause {

            @Override
            public String name() {
                return service + "#" + number;
            }

            @Override
            public String title() {
                return "attempt " + number + " in " + service;
            }

            @Override
            public String start() {
                return "the attempt";
            }
        }
        return new AttemptIn(service, number);
    }
}
