package io.github.atleastonce.examples.temporal;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Run;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Temporal's test server, in this JVM, for one run, with a worker: time is skipped whenever nothing is under way. What polls the server outlives the lives of
 * the service; what is done dies with them, and workflows are remembered by their history only.
 */
final class TemporalServer implements AutoCloseable {

    private final Handover handover;
    private final TestServer.InProcessTestServer server = TestServer.createServer(false);
    private final WorkflowServiceStubs stubs =
            WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setChannel(server.getChannel())
                    .build());
    private final WorkflowClient client;
    private final WorkerFactory workers;
    private @Nullable OrderWork present;

    TemporalServer(Run run, Care care) {
        handover = new Handover(run, this);
        client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setInterceptors(handover.ofClient())
                        .build());
        workers = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(handover.ofWorker())
                        .setWorkflowCacheSize(0)
                        .build());
        Worker worker = workers.newWorker(Orders.TASKS);
        worker.registerWorkflowImplementationFactory(
                OrderWorkflow.class, () -> Orders.workflow(() -> present().isTroubled(), care));
        worker.registerActivitiesImplementations(Proxy.newProxyInstance(
                OrderActivities.class.getClassLoader(),
                new Class<?>[] {OrderActivities.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(present(), arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
        workers.start();
    }

    private synchronized OrderWork present() {
        return Objects.requireNonNull(present, "No service has booted.");
    }

    /** Lets the activities of a life do what comes from now on. */
    synchronized WorkflowClient connect(Life life, OrderWork work) {
        present = work;
        handover.to(life);
        return client;
    }

    /** Returns what is written down of a workflow. */
    WorkflowExecutionHistory history(String workflow) {
        return client.fetchHistory(workflow);
    }

    /** Returns which attempt of each activity that has no answer is under way, or comes next. */
    Map<String, Integer> attempts(String workflow) {
        return stubs
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflow))
                        .build())
                .getPendingActivitiesList()
                .stream()
                .collect(Collectors.toMap(PendingActivityInfo::getActivityId, PendingActivityInfo::getAttempt));
    }

    @Override
    public void close() {
        workers.shutdownNow();
        stubs.shutdownNow();
        server.close();
    }
}
