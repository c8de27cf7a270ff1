package io.github.atleastonce.examples.sqs;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** What a process has in hand: when it dies, the time passes after which all of that is visible again, and its client is refused. */
final class InFlight implements ExecutionInterceptor {

    private final Map<String, String> urls = new HashMap<>();
    private boolean dead;

    @Override
    public synchronized void beforeExecution(Context.BeforeExecution call, ExecutionAttributes attributes) {
        if (dead) {
            throw new IllegalStateException("This process has died.");
        }
    }

    @Override
    public synchronized void afterExecution(Context.AfterExecution call, ExecutionAttributes attributes) {
        if (call.request() instanceof ReceiveMessageRequest asked
                && call.response() instanceof ReceiveMessageResponse received) {
            received.messages().forEach(message -> urls.put(message.receiptHandle(), asked.queueUrl()));
        } else if (call.request() instanceof DeleteMessageRequest deleted) {
            urls.remove(deleted.receiptHandle());
        } else if (call.request() instanceof ChangeMessageVisibilityRequest changed) {
            urls.remove(changed.receiptHandle());
        }
    }

    synchronized void timeOut(SqsClient other) {
        dead = true;
        urls.forEach((handle, url) -> other.changeMessageVisibility(
                request -> request.queueUrl(url).receiptHandle(handle).visibilityTimeout(0)));
    }
}
