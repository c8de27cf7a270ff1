package io.github.atleastonce.saga;

import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.UsageException;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/** A step that is being described: {@code doneBy} it wants, the rest where there is one. Immutable. */
@API(status = API.Status.EXPERIMENTAL)
public final class SagaStep {

    private final Saga saga;
    private final StepSigns step;

    SagaStep(Saga saga, StepSigns step) {
        this.saga = saga;
        this.step = step;
    }

    /**
     * Says what shows that the step was done.
     *
     * @param message the type of a message's payload
     * @return the step
     */
    public SagaStep doneBy(Class<?> message) {
        return doneBy(Sign.OfMessage.of(message));
    }

    /**
     * Says what shows that the step was done, by messages that a lambda recognises.
     *
     * @param name what they are, for messages
     * @param is says whether a message is one
     * @return the step
     */
    public SagaStep doneBy(String name, Predicate<? super Message> is) {
        return doneBy(new Sign.OfMessage(name, is));
    }

    /**
     * Says by which row one sees that the step was done. If it is gone the step is not done, or undone.
     *
     * @param table what the row is, for messages
     * @param ids gives the ids of the sagas of which there is one
     * @return the step
     */
    public SagaStep doneBy(String table, Supplier<? extends Collection<?>> ids) {
        return doneBy(new Sign.OfRow(table, ids));
    }

    private SagaStep doneBy(Sign sign) {
        return new SagaStep(saga, new StepSigns(step.name(), step.commanded(), sign, step.refused(), step.undone()));
    }

    /**
     * Says what shows that the step was undone.
     *
     * @param message the type of a message's payload
     * @return the step
     */
    public SagaStep undoneBy(Class<?> message) {
        return undoneBy(Sign.OfMessage.of(message));
    }

    /**
     * Says what shows that the step was undone, by messages that a lambda recognises.
     *
     * @param name what they are, for messages
     * @param is says whether a message is one
     * @return the step
     */
    public SagaStep undoneBy(String name, Predicate<? super Message> is) {
        return undoneBy(new Sign.OfMessage(name, is));
    }

    /**
     * Says by which row one sees that the step was undone.
     *
     * @param table what the row is, for messages
     * @param ids gives the ids of the sagas of which there is one
     * @return the step
     */
    public SagaStep undoneBy(String table, Supplier<? extends Collection<?>> ids) {
        return undoneBy(new Sign.OfRow(table, ids));
    }

    private SagaStep undoneBy(Sign sign) {
        return new SagaStep(saga, new StepSigns(step.name(), step.commanded(), step.done(), step.refused(), sign));
    }

    /**
     * Says by which command an orchestrator wants the step to be done. A step that was commanded may have happened, even if nobody has heard.
     *
     * @param message the type of a message's payload
     * @return the step
     */
    public SagaStep commandedBy(Class<?> message) {
        return commandedBy(Sign.OfMessage.of(message));
    }

    /**
     * Says by which command an orchestrator wants the step to be done, by messages that a lambda recognises.
     *
     * @param name what they are, for messages
     * @param is says whether a message is one
     * @return the step
     */
    public SagaStep commandedBy(String name, Predicate<? super Message> is) {
        return commandedBy(new Sign.OfMessage(name, is));
    }

    private SagaStep commandedBy(Sign sign) {
        return new SagaStep(saga, new StepSigns(step.name(), sign, step.done(), step.refused(), step.undone()));
    }

    /**
     * Says what shows that the step was refused, so that it has not happened and may be commanded again.
     *
     * @param message the type of a message's payload
     * @return the step
     */
    public SagaStep refusedBy(Class<?> message) {
        return refusedBy(Sign.OfMessage.of(message));
    }

    /**
     * Says what shows that the step was refused, by messages that a lambda recognises.
     *
     * @param name what they are, for messages
     * @param is says whether a message is one
     * @return the step
     */
    public SagaStep refusedBy(String name, Predicate<? super Message> is) {
        return refusedBy(new Sign.OfMessage(name, is));
    }

    private SagaStep refusedBy(Sign sign) {
        return new SagaStep(saga, new StepSigns(step.name(), step.commanded(), step.done(), sign, step.undone()));
    }

    /**
     * Adds the next step.
     *
     * @param name its name, for messages
     * @return what is to be said of it
     * @throws UsageException if nothing was said of what shows that this one was done
     */
    public SagaStep step(String name) {
        return complete().step(name);
    }

    /**
     * Says how a saga ends that completes: all steps are done.
     *
     * @param message the type of a message's payload
     * @return the description
     * @throws UsageException if nothing was said of what shows that this step was done
     */
    public Saga ends(Class<?> message) {
        return complete().ends(Sign.OfMessage.of(message), true);
    }

    /**
     * Says how a saga ends that completes, by messages that a lambda recognises.
     *
     * @param name what they are, for messages
     * @param is says whether a message is one
     * @return the description
     * @throws UsageException if nothing was said of what shows that this step was done
     */
    public Saga ends(String name, Predicate<? super Message> is) {
        return complete().ends(new Sign.OfMessage(name, is), true);
    }

    /**
     * Says how a saga ends that completes, by a row.
     *
     * @param table what the row is, for messages
     * @param ids gives the ids of the sagas of which there is one
     * @return the description
     * @throws UsageException if nothing was said of what shows that this step was done
     */
    public Saga ends(String table, Supplier<? extends Collection<?>> ids) {
        return complete().ends(new Sign.OfRow(table, ids), true);
    }

    private Saga complete() {
        return saga.with(step);
    }
}
