package io.github.atleastonce.examples.rabbitmq;

import com.rabbitmq.client.Channel;
import io.github.atleastonce.run.Crash;
import java.util.List;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.listener.ContainerUtils;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.beans.DirectFieldAccessor;

/**
 * Lies around a listener, outside of the application's own advices: waits until the run lets it go on, and acknowledges and rejects by the container's rules in
 * the container's place. Where the listener does so by hand, it sees that.
 */
final class Acknowledging implements MethodInterceptor {

    private final ListenerTasks tasks;
    private final AbstractMessageListenerContainer container;
    private final AcknowledgeMode mode;
    private final int most;
    private final Fragments fragments;
    private final ThreadLocal<InHand> open = new ThreadLocal<>();

    Acknowledging(
            ListenerTasks tasks,
            AbstractMessageListenerContainer container,
            AcknowledgeMode mode,
            int most,
            Fragments fragments) {
        this.tasks = tasks;
        this.container = container;
        this.mode = mode;
        this.most = most;
        this.fragments = fragments;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Object[] arguments = call.getArguments();
        if (arguments.length != 2) {
            return call.proceed();
        }
        InHand hand = open.get();
        boolean isFirst = hand == null;
        if (hand == null) {
            hand = InHand.of(tasks, (Channel) arguments[0], arguments[1]);
            open.set(hand);
        }
        boolean ends = true;
        try {
            if (isFirst) {
                hand.begin(mode == AcknowledgeMode.NONE, most, fragments);
            }
            if (mode == AcknowledgeMode.MANUAL) {
                arguments[0] = hand.byHand();
            }
            if (arguments[1] instanceof List<?>) {
                arguments[1] = hand.contents();
            }
            call.proceed();
            ends = !fragments.goOn(arguments[1]);
            if (ends) {
                handled(hand);
            }
            return null;
        } catch (Crash crash) {
            hand.giveBack(crash);
            return dead(crash);
        } catch (Exception failure) {
            failed(hand, failure);
            if (ContainerUtils.isRejectManual(failure)) {
                return null;
            }
            throw failure;
        } finally {
            if (ends) {
                open.remove();
                hand.leave();
            }
        }
    }

    /** What else is in the same message of the server does not come to a process that is dead. */
    private @Nullable Object dead(Crash crash) {
        if (fragments.areOpen()) {
            throw new IllegalStateException(crash);
        }
        return null;
    }

    private void handled(InHand hand) throws Exception {
        if (mode == AcknowledgeMode.MANUAL) {
            hand.keep(null);
        } else {
            hand.handled();
        }
    }

    private void failed(InHand hand, Exception failure) throws Exception {
        boolean byHand = mode == AcknowledgeMode.MANUAL;
        if (byHand && !ContainerUtils.isRejectManual(failure)) {
            hand.keep(failure);
        } else if (!byHand && ContainerUtils.shouldRequeue(requeues(), failure, LogFactory.getLog(getClass()))) {
            hand.giveBack(failure);
        } else {
            hand.putAside(failure);
        }
    }

    private boolean requeues() {
        return Boolean.TRUE.equals(new DirectFieldAccessor(container).getPropertyValue("defaultRequeueRejected"));
    }
}
