package io.github.atleastonce.examples.jms;

import io.github.atleastonce.queue.Envelope;
import io.github.atleastonce.queue.QueueServer;
import io.github.atleastonce.queue.Received;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.spring.QueueConsumers;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.Optional;
import java.util.function.Consumer;

/** What a session has in hand: at most one message, since it belongs to one thread. */
final class InSession {

    private final Session session;
    private final QueueConsumers consumers;
    private Optional<Received> received = Optional.empty();
    private boolean answered;

    InSession(Session session, QueueConsumers consumers) {
        this.session = session;
        this.consumers = consumers;
    }

    private record Hand(Session session, Message message, String identity, Envelope envelope, int deliveries)
            implements QueueServer.InHand {

        @Override
        public void acknowledge() {
            ArtemisQueues.perform(() -> {
                if (session.getTransacted()) {
                    session.commit();
                } else {
                    message.acknowledge();
                }
            });
        }

        @Override
        public void giveBack() {
            ArtemisQueues.perform(() -> {
                if (session.getTransacted()) {
                    session.rollback();
                } else {
                    session.recover();
                }
            });
        }
    }

    /** Waits until the run lets the thread go on; a process that dies before its handler has nothing in hand. */
    boolean begins(String queue, Message message) throws JMSException {
        answered = false;
        received = consumers.receive(
                queue,
                new Hand(
                        session,
                        message,
                        message.getJMSMessageID(),
                        ArtemisQueues.envelope(message),
                        ArtemisQueues.deliveries(message)));
        try {
            received.ifPresent(Received::begin);
            return received.isPresent();
        } catch (Crash crash) {
            giveBack(crash);
            leave();
            return false;
        }
    }

    /** Says whether there was something to acknowledge; else the session itself is to do what it is asked to. */
    boolean acknowledge() {
        return answer(Received::acknowledge);
    }

    boolean giveBack(Throwable why) {
        return answer(hand -> hand.giveBack(why));
    }

    private boolean answer(Consumer<Received> answer) {
        Optional<Received> open = answered ? Optional.empty() : received;
        answered = true;
        open.ifPresent(answer);
        return open.isPresent();
    }

    void leave() {
        received.ifPresent(Received::leave);
        received = Optional.empty();
    }
}
