package io.github.atleastonce.examples.jms;

import io.github.atleastonce.queue.QueueListener;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.task.Action;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import org.jspecify.annotations.Nullable;

/** What a session has in hand: at most one message, since it belongs to one thread. */
final class InSession {

    private final Session bare;
    private final ListenerTasks tasks;
    private QueueListener.@Nullable Received received;

    InSession(Session bare, ListenerTasks tasks) {
        this.bare = bare;
        this.tasks = tasks;
    }

    /** Waits until the run lets the thread go on; a process that dies before its handler has nothing in hand. */
    boolean begins(String queue, Message message) throws Exception {
        try {
            received = tasks.receive(queue, message).orElse(null);
            if (received != null) {
                received.begin();
            }
            return true;
        } catch (Crash crash) {
            giveBack(this::recover);
            leave();
            return false;
        }
    }

    /** Lets the server deliver again what this session has in hand. */
    void recover() throws JMSException {
        if (bare.getTransacted()) {
            bare.rollback();
        } else {
            bare.recover();
        }
    }

    @Nullable
    Object acknowledge(Action acknowledging, Action givingBack) throws Exception {
        if (received == null) {
            acknowledging.run();
        } else {
            received.acknowledge(acknowledging, givingBack);
        }
        return null;
    }

    @Nullable
    Object giveBack(Action givingBack) throws Exception {
        if (received == null) {
            givingBack.run();
        } else {
            received.giveBack(givingBack, new JMSException("The listener has thrown, and its session went back."));
        }
        return null;
    }

    void leave() {
        if (received != null) {
            QueueListener.Received last = received;
            received = null;
            last.leave();
        }
    }
}
