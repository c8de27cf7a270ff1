package io.github.atleastonce.examples.temporal;

import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Saga;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Does the steps one after the other. Each compensation is registered before its step, since a step that has failed may have been done. */
final class OrderSaga implements OrderWorkflow {

    /** After this a worker that has not answered is taken for dead. */
    static final Duration TIME_OUT = Duration.ofSeconds(10);

    private final OrderActivities activities = Workflow.newActivityStub(
            OrderActivities.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(TIME_OUT).build());
    private final BooleanSupplier troubled;
    private final Care care;

    /**
     * Creates a workflow.
     *
     * @param troubled says whether the worker has seen the database fail
     * @param care what is taken care of
     */
    OrderSaga(BooleanSupplier troubled, Care care) {
        this.troubled = troubled;
        this.care = care;
    }

    @Override
    public boolean place(PlaceOrder order) {
        Saga saga = new Saga(new Saga.Options.Builder().build());
        try {
            saga.addCompensation(activities::release, order);
            activities.reserve(order);
            if (isTroubled()) {
                Workflow.sleep(Duration.ofMinutes(1));
            }
            saga.addCompensation(activities::refund, order);
            activities.charge(order);
            activities.pack(order);
            return true;
        } catch (ActivityFailure refused) {
            saga.compensate();
            return false;
        }
    }

    /** What is not the same when the history is replayed belongs into the history. */
    private boolean isTroubled() {
        return care == Care.WORKFLOW_READS_MEMORY
                ? troubled.getAsBoolean()
                : Workflow.sideEffect(Boolean.class, troubled::getAsBoolean);
    }
}
