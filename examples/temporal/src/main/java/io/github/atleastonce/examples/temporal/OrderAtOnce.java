package io.github.atleastonce.examples.temporal;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Saga;
import io.temporal.workflow.Workflow;

/** Reserves credit and packs at the same time, and charges the card when both are done. */
final class OrderAtOnce implements OrderWorkflow {

    private final OrderActivities activities = Workflow.newActivityStub(
            OrderActivities.class,
            ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(OrderSaga.TIME_OUT)
                    .build());
    private final OrderActivities local = Workflow.newLocalActivityStub(
            OrderActivities.class,
            LocalActivityOptions.newBuilder()
                    .setStartToCloseTimeout(OrderSaga.TIME_OUT)
                    .build());
    private final Care care;

    /**
     * Creates a workflow.
     *
     * @param care what is taken care of
     */
    OrderAtOnce(Care care) {
        this.care = care;
    }

    @Override
    public boolean place(PlaceOrder order) {
        Saga saga = new Saga(new Saga.Options.Builder().build());
        try {
            saga.addCompensation(activities::release, order);
            Promise<Void> reserved = Async.procedure(activities::reserve, order);
            Promise<Void> packed = Async.procedure(activities::pack, order);
            if (care == Care.COMPENSATES_BESIDE_A_STEP) {
                Promise.allOf(reserved, packed).get();
            } else {
                // What is still under way must not be done after it was taken back. An allOf of what has failed already
                // would not fail.
                reserved.getFailure();
                packed.getFailure();
                reserved.get();
                packed.get();
            }
            saga.addCompensation(activities::refund, order);
            (care == Care.LOCAL ? local : activities).charge(order);
            return true;
        } catch (ActivityFailure refused) {
            saga.compensate();
            return false;
        }
    }
}
