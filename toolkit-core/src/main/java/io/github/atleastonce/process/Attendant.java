package io.github.atleastonce.process;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.run.Lifetime;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/** Takes what processes do to the thread of the run, which alone may ask the schedule: an extension point for transports. */
@API(status = API.Status.INTERNAL)
public interface Attendant {

    /**
     * Waits until the run knows of a step that was just done. Called on threads of entrances, several at once.
     *
     * @param life whose step it is
     * @param effect whether others can see what it did
     * @param step tells the history of it, on the thread of the run, and returns it
     * @return false if the life has ended
     */
    boolean stepped(Lifetime life, boolean effect, Supplier<Step> step);

    /**
     * Lets a life do something by itself, and asks the schedule at its steps. Called on the thread of the run, which is at work in that life.
     *
     * @param life the life
     * @param begin lets it begin, once its steps are attended to
     * @param over says whether it is done with it
     * @throws io.github.atleastonce.run.NotSettledException if it is not within the bound {@code settleTimeout}
     */
    void attend(Lifetime life, Runnable begin, BooleanSupplier over);

    /**
     * Says whether what processes do by themselves has to wait: the run comes back to it.
     *
     * @return false if the body of the test is at something else, and may be waiting for a process itself
     */
    boolean isThere();

    /** Takes note that a process was started: while the run did that, the body of the test was at nothing else. */
    void started();
}
