package io.github.atleastonce.examples.temporal;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Leads an order to one of its ends. */
@WorkflowInterface
public interface OrderWorkflow {

    /**
     * Places an order.
     *
     * @param order the order
     * @return whether it was packed
     */
    @WorkflowMethod
    boolean place(PlaceOrder order);
}
