package io.github.atleastonce.examples.rabbitmq;

import com.rabbitmq.client.Channel;
import io.github.atleastonce.queue.Received;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.spring.QueueConsumers;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.listener.ContainerUtils;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Lies around a listener, outside of the application's own advices: waits until the run lets it go on, and acknowledges and rejects by the container's rules in
 * the container's place. Where the listener does so by hand, it sees that.
 */
final class Acknowledging implements MethodInterceptor {

    private final QueueConsumers consumers;
    private final AbstractMessageListenerContainer container;
    private final AcknowledgeMode mode;
    private final Batches batches;
    private final ThreadLocal<InHand> open = new ThreadLocal<>();

    /** What a listener is given: a message, a part of one, or all parts of several. */
    private record InHand(Received received, List<Message> contents) {}

    Acknowledging(
            QueueConsumers consumers,
            AbstractMessageListenerContainer container,
            AcknowledgeMode mode,
            Batches batches) {
        this.consumers = consumers;
        this.container = container;
        this.mode = mode;
        this.batches = batches;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Object[] arguments = call.getArguments();
        if (arguments.length != 2) {
            return call.proceed();
        }
        Channel channel = (Channel) arguments[0];
        boolean isFirst = open.get() == null;
        InHand hand = isFirst ? receive(channel, Batches.contents(arguments[1])) : open.get();
        if (hand == null) {
            return batches.passOver("It was left over by an earlier run.");
        }
        boolean ends = true;
        try {
            if (isFirst) {
                begin(channel, hand);
            }
            if (mode == AcknowledgeMode.MANUAL) {
                arguments[0] = byHand(channel, Batches.tag(hand.contents().get(0)), hand.received());
            }
            if (arguments[1] instanceof List<?>) {
                arguments[1] = hand.contents();
            }
            call.proceed();
            ends = !batches.goOn(arguments[1]);
            if (ends) {
                handled(hand.received());
            }
            return null;
        } catch (Crash crash) {
            hand.received().giveBack(crash);
            return batches.passOver(crash.getMessage());
        } catch (Exception failure) {
            failed(hand.received(), failure);
            if (ContainerUtils.isRejectManual(failure)) {
                return null;
            }
            throw failure;
        } finally {
            if (ends) {
                open.remove();
                hand.received().leave();
            }
        }
    }

    private @Nullable InHand receive(Channel channel, List<Message> contents) {
        Message first = contents.get(0);
        InHand hand = consumers
                .receive(Batches.queue(first), Batches.hand(channel, first))
                .map(received -> new InHand(received, contents))
                .orElse(null);
        open.set(hand);
        return hand;
    }

    private void begin(Channel channel, InHand hand) throws Exception {
        batches.fill(channel, hand.received(), hand.contents());
        hand.received().begin();
        if (mode == AcknowledgeMode.NONE) {
            hand.received().acknowledgeAtDelivery();
        }
    }

    private void handled(Received received) {
        if (mode == AcknowledgeMode.MANUAL) {
            received.keep(null);
        } else {
            received.acknowledge();
        }
    }

    private void failed(Received received, Exception failure) {
        boolean byHand = mode == AcknowledgeMode.MANUAL;
        if (byHand && !ContainerUtils.isRejectManual(failure)) {
            received.keep(failure);
        } else if (!byHand && ContainerUtils.shouldRequeue(requeues(), failure, LogFactory.getLog(getClass()))) {
            received.giveBack(failure);
        } else {
            received.putAside(failure);
        }
    }

    private boolean requeues() {
        return Boolean.TRUE.equals(new DirectFieldAccessor(container).getPropertyValue("defaultRequeueRejected"));
    }

    /** Makes the channel that a listener acknowledges and rejects by. */
    private static Channel byHand(Channel bare, long tag, Received received) {
        AtomicBoolean told = new AtomicBoolean();
        return (Channel) Proxy.newProxyInstance(
                bare.getClass().getClassLoader(), ClassUtils.getAllInterfaces(bare), (proxy, method, arguments) -> {
                    boolean answers = method.getName().matches("basic(Ack|Nack|Reject)") && arguments[0].equals(tag);
                    if (!answers || told.get()) {
                        return ReflectionUtils.invokeMethod(method, bare, arguments);
                    }
                    if (method.getName().equals("basicAck")) {
                        received.acknowledge();
                    } else {
                        handBack(received, method.getName(), (boolean) arguments[arguments.length - 1]);
                    }
                    told.set(true);
                    return null;
                });
    }

    private static void handBack(Received received, String called, boolean again) {
        Exception why = new IllegalStateException("the listener has called " + called);
        if (again) {
            received.handBack(why);
        } else {
            received.putAside(why);
        }
    }
}
