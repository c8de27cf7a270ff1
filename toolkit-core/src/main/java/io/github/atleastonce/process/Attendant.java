package io.github.atleastonce.process;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.run.Lifetime;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/** Takes what processes do to the thread of the run, which alone may ask the schedule: an extension point for transports. */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface Attendant {

    /**
     * Waits until the run knows of a step that was just done. Called on threads of entrances, several at once.
     *
     * @param life whose step it is
     * @param step tells the history of it, on the thread of the run, and returns it
     * @return false if the life has ended
     */
    boolean stepped(Lifetime life, Supplier<Step> step);
}
