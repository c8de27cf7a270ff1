package io.github.atleastonce.examples.temporal;

import io.github.atleastonce.examples.temporal.OrderEvent.OrderPacked;
import io.github.atleastonce.examples.temporal.OrderEvent.OrderRejected;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.Worker;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Starts a workflow for each order, waits for it, and says how it has ended. */
final class Orders {

    /** Where workers find their work. */
    static final String TASKS = "orders";

    private final WorkflowClient client;
    private final Consumer<OrderEvent> announce;
    private final Care care;

    /**
     * Creates the service.
     *
     * @param client starts workflows
     * @param announce says how an order has ended
     * @param care what is taken care of
     */
    Orders(WorkflowClient client, Consumer<OrderEvent> announce, Care care) {
        this.client = client;
        this.announce = announce;
        this.care = care;
    }

    /** Tells a worker how to do what it finds. */
    static void register(Worker worker, OrderWork work, Care care) {
        worker.registerWorkflowImplementationFactory(OrderWorkflow.class, () -> workflow(work::isTroubled, care));
        worker.registerActivitiesImplementations(work);
    }

    static OrderWorkflow workflow(BooleanSupplier troubled, Care care) {
        return care.isAtOnce() ? new OrderAtOnce(care) : new OrderSaga(troubled, care);
    }

    void on(PlaceOrder order) {
        String id = order.order();
        WorkflowStub workflow = client.newUntypedWorkflowStub(
                "OrderWorkflow",
                WorkflowOptions.newBuilder()
                        .setTaskQueue(TASKS)
                        .setWorkflowId(id)
                        .setWorkflowIdReusePolicy(
                                care == Care.WORKFLOW_ID_USED_AGAIN
                                        ? WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE
                                        : WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                        .build());
        try {
            workflow.start(order);
        } catch (WorkflowExecutionAlreadyStarted again) {
            // The order has come before: its workflow may have ended, or goes on.
            workflow = client.newUntypedWorkflowStub(id);
        }
        announce.accept(
                workflow.getResult(Boolean.class) ? new OrderPacked(order.order()) : new OrderRejected(order.order()));
    }
}
