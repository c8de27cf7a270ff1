package io.github.atleastonce.channel;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Ending;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.ServiceFailedException;
import io.github.atleastonce.run.Works;
import io.github.atleastonce.task.Action;
import org.apiguardian.api.API;

/**
 * One message on its way to one subscriber: the only way in which a message is handed over, whatever the transport and whoever's
 * thread it is. The work is entered and left, the life may die before the handler, something else may come second, what happened
 * is told with its attempt, the next life begins, and the claims are checked. A transport says only what it does with the
 * {@link Result}.
 *
 * <p>A transport that drives its subscribers calls {@link #perform}. A framework whose own thread handles the message calls
 * {@link #begin()} on it, and then {@link #returned()} or {@link #threw}; entering, leaving and what follows belong to the task of that
 * thread (see {@link io.github.atleastonce.hosted.HostedTasks}).
 */
@API(status = API.Status.INTERNAL)
public final class Delivery {

    private final Run run;
    private final Lifetime life;
    private final StoredMessage message;
    private final DeliveryCause cause;

    /** How a delivery ended. */
    public sealed interface Result {

        /** The handler returned: the message is to be acknowledged. */
        record Handled() implements Result {

            static final Handled INSTANCE = new Handled();
        }

        /** The life died before the handler, in it, or after a step of it: nothing is acknowledged. */
        record Died() implements Result {

            static final Died INSTANCE = new Died();
        }

        /**
         * The handler threw, and the life goes on: the message comes again, or ends as a dead letter.
         *
         * @param failure what was thrown
         * @param attempt how often this life has failed with the message
         * @param exhausted whether {@code maxAttempts} is reached
         */
        record Failed(Throwable failure, int attempt, boolean exhausted) implements Result {

            /**
             * Makes the failure of the run, for a channel that has no place for messages that nobody can handle.
             *
             * @param what who failed with what
             * @return the exception to throw
             */
            public ServiceFailedException fatal(String what) {
                return new ServiceFailedException(what, failure);
            }
        }
    }

    /**
     * Creates a delivery.
     *
     * @param run the run
     * @param life the life that handles the message
     * @param subscriber the service, or the part of it such as a consumer group, that the message is delivered to
     * @param message the message
     */
    public Delivery(Run run, Lifetime life, String subscriber, StoredMessage message) {
        this.run = run;
        this.life = life;
        this.message = message;
        this.cause = new DeliveryCause(subscriber, message);
    }

    /**
     * Names what a delivery is going to be, before there is one.
     *
     * @param subscriber the service, or the part of it such as a consumer group, that the message is delivered to
     * @param message the message
     * @return the cause that names its steps
     */
    public static Cause causeOf(String subscriber, StoredMessage message) {
        return new DeliveryCause(subscriber, message);
    }

    /**
     * Returns the cause that names the steps of this delivery.
     *
     * @return the cause
     */
    public Cause cause() {
        return cause;
    }

    /**
     * Hands the message over and sees it through.
     *
     * @param handling handles the message; what it throws is a failed attempt
     * @return how it ended
     */
    public Result perform(Action handling) {
        Ending ending = run.works().perform(life, cause, Works.Before.DEATH_OR_ANOTHER, () -> {
            delivered();
            handling.run();
        });
        Result result = ending instanceof Ending.Died
                ? Result.Died.INSTANCE
                : ending instanceof Ending.Threw threw ? failed(threw.failure()) : handled();
        run.works().conclude(life);
        return result;
    }

    /**
     * Hands the message over once more, to a second consumer of the group that got the partition while the first had not finished. Nothing
     * is acknowledged, and a failure is not tried again.
     *
     * @param handling handles the message
     */
    public void performBeside(Action handling) {
        Ending ending = run.works().perform(life, cause, Works.Before.NOTHING, () -> {
            delivered();
            handling.run();
            handled();
        });
        if (ending instanceof Ending.Threw threw) {
            run.history().add(new Event.HandlerFailed(cause.subscriber(), message, 0, threw.failure()));
        }
    }

    /**
     * Takes note, on the thread that handles the message and within its work, that the handler begins.
     *
     * @throws io.github.atleastonce.run.Crash if the life dies before it
     */
    public void begin() {
        if (run.steps().mayDieBefore(life)) {
            life.refuseIfDead();
        }
        delivered();
    }

    /** Takes note that the message is handed over together with another one, whose delivery has begun. */
    public void beginToo() {
        delivered();
    }

    /**
     * Takes note that the handler has returned.
     *
     * @return the result
     * @throws io.github.atleastonce.run.Crash if the life has died, whatever the handler made of it
     */
    public Result returned() {
        life.refuseIfDead();
        return handled();
    }

    /**
     * Takes note that the handler has thrown.
     *
     * @param failure what was thrown
     * @return the result
     * @throws io.github.atleastonce.run.Crash if the life has died
     */
    public Result threw(Throwable failure) {
        life.refuseIfDead();
        return failed(failure);
    }

    private void delivered() {
        run.history().add(new Event.Delivered(cause.subscriber(), life.number(), message));
    }

    private Result handled() {
        Attempts.end(run, cause.subscriber(), message);
        run.history().add(new Event.Handled(cause.subscriber(), message));
        return Result.Handled.INSTANCE;
    }

    private Result failed(Throwable failure) {
        int attempt = Attempts.of(run).count(cause.subscriber(), life, message);
        run.history().add(new Event.HandlerFailed(cause.subscriber(), message, attempt, failure));
        boolean exhausted = attempt >= run.bounds().maxAttempts();
        if (exhausted) {
            Attempts.end(run, cause.subscriber(), message);
        }
        return new Result.Failed(failure, attempt, exhausted);
    }

    private record DeliveryCause(String subscriber, StoredMessage message) implements Cause {

        @Override
        public String name() {
            return subscriber + "<" + message.label();
        }

        @Override
        public String title() {
            return message.message().title() + " to " + subscriber;
        }

        @Override
        public String start() {
            return "the handler";
        }

        @Override
        public String actor() {
            return subscriber;
        }
    }
}
