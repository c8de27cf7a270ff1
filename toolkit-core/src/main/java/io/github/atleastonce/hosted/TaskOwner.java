package io.github.atleastonce.hosted;

import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.Lifetime;
import java.util.Optional;
import org.apiguardian.api.API;

/** Whose threads take part in runs as tasks, such as the container of a listener: an extension point for frameworks. */
@API(status = API.Status.INTERNAL)
public interface TaskOwner {

    /**
     * Names what its threads work for, such as a consumer group; the same in every run.
     *
     * @return the name
     */
    String name();

    /**
     * Says whether its threads come for what arrives on a channel.
     *
     * @param channel the channel's name
     * @return whether they do
     */
    boolean reads(String channel);

    /**
     * Says whether the thread that comes for one place comes for another one, too. An owner with several threads has others for some places.
     *
     * @param place for what a thread has come
     * @param other where there may be something to be done as well
     * @return whether no other thread comes for that
     */
    boolean comesForBoth(String place, String other);

    /**
     * Says whether its threads come for what is delivered to a place at all. They do not where another node of the service reads it.
     *
     * @param place the place
     * @return whether they may
     */
    default boolean comesFor(String place) {
        return true;
    }

    /**
     * Returns the life that this owner belongs to, if it is of one only and not of whatever life the application of the test has at present.
     *
     * @return the life, dead or alive
     */
    default Optional<Lifetime> life() {
        return Optional.empty();
    }

    /** Takes note that a thread of this owner is cut off, and is going to end with a {@link Crash}. Must not block. */
    void cut();

    /**
     * Says whether this owner was cut and has not been started again.
     *
     * @return whether its threads belong to a life that has died
     */
    boolean isCut();
}
