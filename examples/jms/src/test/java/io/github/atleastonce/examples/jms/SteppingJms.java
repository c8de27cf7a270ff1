package io.github.atleastonce.examples.jms;

import io.github.atleastonce.spring.QueueConsumers;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Proxies of the interfaces of JMS, from the connection factory down to the message, so that a received message is told of before anybody
 * handles it, and acknowledging and sending are steps. Whatever framework receives uses these interfaces.
 */
final class SteppingJms {

    private final QueueConsumers consumers;

    SteppingJms(QueueConsumers consumers) {
        this.consumers = consumers;
    }

    private interface Advice {

        @Nullable
        Object on(Call call) throws Exception;
    }

    private record Call(
            Object bare, Method method, @Nullable Object[] arguments) {

        String name() {
            return method.getName();
        }

        <T> @Nullable T argument(Class<T> type) {
            for (Object argument : arguments) {
                if (type.isInstance(argument)) {
                    return type.cast(argument);
                }
            }
            return null;
        }

        @Nullable
        Object proceed() throws Exception {
            try {
                return method.invoke(bare, arguments);
            } catch (InvocationTargetException thrown) {
                ReflectionUtils.rethrowException(thrown.getCause());
                return null;
            }
        }
    }

    private static <T> T over(Class<T> type, Object bare, Advice advice) {
        return type.cast(Proxy.newProxyInstance(
                SteppingJms.class.getClassLoader(),
                ClassUtils.getAllInterfaces(bare),
                (proxy, method, arguments) ->
                        advice.on(new Call(bare, method, arguments == null ? new Object[0] : arguments))));
    }

    ConnectionFactory over(ConnectionFactory bare) {
        return over(ConnectionFactory.class, bare, call -> {
            Object made = call.proceed();
            return made instanceof Connection connection ? over(connection) : made;
        });
    }

    private Connection over(Connection bare) {
        return over(Connection.class, bare, call -> {
            if (!call.name().equals("createSession")) {
                return call.proceed();
            }
            int mode = call.arguments().length == 2
                    ? Boolean.TRUE.equals(call.arguments()[0]) ? Session.SESSION_TRANSACTED : (int) call.arguments()[1]
                    : call.arguments().length == 1 ? (int) call.arguments()[0] : Session.AUTO_ACKNOWLEDGE;
            boolean automatic = mode == Session.AUTO_ACKNOWLEDGE || mode == Session.DUPS_OK_ACKNOWLEDGE;
            return over(bare.createSession(automatic ? Session.CLIENT_ACKNOWLEDGE : mode), mode, automatic);
        });
    }

    /** A session that acknowledges by itself does so as a message is received: that is done here, since it is a step, too. */
    private Session over(Session bare, int mode, boolean automatic) {
        InSession hand = new InSession(bare, consumers);
        return over(Session.class, bare, call -> switch (call.name()) {
            case "createConsumer" ->
                over((MessageConsumer) call.proceed(), call.argument(Queue.class), hand, automatic);
            case "createProducer" -> over((MessageProducer) call.proceed(), call.argument(Queue.class));
            case "getAcknowledgeMode" -> mode;
            case "commit" -> hand.acknowledge() ? null : call.proceed();
            case "rollback", "recover" -> hand.giveBack(thrown()) ? null : call.proceed();
            case "close" -> {
                hand.leave();
                yield call.proceed();
            }
            default -> call.proceed();
        });
    }

    private MessageConsumer over(MessageConsumer bare, @Nullable Queue queue, InSession hand, boolean automatic) {
        return over(MessageConsumer.class, bare, call -> {
            if (!call.name().startsWith("receive") || queue == null) {
                return call.proceed();
            }
            hand.leave();
            Message message = (Message) call.proceed();
            if (message == null || !hand.begins(queue.getQueueName(), message)) {
                return null;
            }
            if (automatic) {
                hand.acknowledge();
                return message;
            }
            return over(
                    Message.class,
                    message,
                    of -> of.name().equals("acknowledge") && hand.acknowledge() ? null : of.proceed());
        });
    }

    private MessageProducer over(MessageProducer bare, @Nullable Queue queue) {
        return over(MessageProducer.class, bare, call -> {
            Destination named = call.argument(Destination.class);
            Queue to = named instanceof Queue other ? other : queue;
            return call.name().equals("send") && to != null
                    ? consumers.send(to.getQueueName(), call::proceed, SteppingJms::unanswered)
                    : call.proceed();
        });
    }

    private static JMSException unanswered() {
        return new JMSException("The server did not answer in time.");
    }

    private static JMSException thrown() {
        return new JMSException("The listener has thrown, and its session went back.");
    }
}
