package io.github.atleastonce.report;

import java.util.Comparator;
import org.apiguardian.api.API;

/**
 * One leg of a journey: on account of a message a service has sent another one.
 *
 * @param cause the type of the message, or what else began it: the test, a timer, a poller of which nobody knows what it acts on
 * @param service who has sent
 * @param effect the type of what was sent; {@link #NOTHING} if the service has handled the cause and sent nothing
 */
@API(status = API.Status.INTERNAL)
public record Leg(String cause, String service, String effect) implements Comparable<Leg> {

    /** What a service sends that sends nothing. */
    public static final String NOTHING = "nothing";

    /** What begins with the body of a test. */
    public static final String TEST = "the test";

    private static final Comparator<Leg> ORDER =
            Comparator.comparing(Leg::cause).thenComparing(Leg::service).thenComparing(Leg::effect);

    /**
     * Says whether the service only handles what has come.
     *
     * @return whether it sends nothing
     */
    public boolean ends() {
        return effect.equals(NOTHING);
    }

    @Override
    public int compareTo(Leg other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return service.equals(TEST) ? TEST + " → " + effect : cause + " → " + service + " → " + effect;
    }
}
