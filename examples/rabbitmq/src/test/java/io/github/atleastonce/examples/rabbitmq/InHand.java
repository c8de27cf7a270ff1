package io.github.atleastonce.examples.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.github.atleastonce.queue.QueueListener;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.support.DefaultMessagePropertiesConverter;
import org.springframework.util.ClassUtils;

/** What a listener has in hand: a message of the server, or several that it gets together. */
final class InHand {

    private final ListenerTasks tasks;
    private final Channel channel;
    private final List<Message> contents;
    private final List<Message> messages = new ArrayList<>(1);
    private QueueListener.@Nullable Received received;
    private boolean told;

    private InHand(ListenerTasks tasks, Channel channel, List<Message> contents) {
        this.tasks = tasks;
        this.channel = channel;
        this.contents = contents;
        messages.add(contents.get(0));
    }

    /** Takes in hand what a container gives its listener: a message, a part of one, or all parts of one. */
    static InHand of(ListenerTasks tasks, Channel channel, Object data) {
        List<Message> contents = new ArrayList<>();
        if (data instanceof List<?> several) {
            several.forEach(one -> contents.add((Message) one));
        } else {
            contents.add((Message) data);
        }
        return new InHand(tasks, channel, contents);
    }

    /**
     * Waits for the turn, takes what else lies there into a batch, and begins.
     *
     * @param beforehand whether the server takes for handled what it delivers
     * @param most how many messages of the server a batch has
     * @param fragments takes messages apart
     */
    void begin(boolean beforehand, int most, Fragments fragments) throws Exception {
        received = tasks.receive(messages.get(0)).orElse(null);
        if (received != null) {
            fill(received, most, fragments);
            received.begin();
        }
        if (beforehand && received == null) {
            acknowledge();
        } else if (beforehand) {
            received.acknowledge(this::acknowledge);
        }
    }

    /** All that was sent lies in the queue when a thread has its turn, so that chance does not decide what comes together. */
    private void fill(QueueListener.Received hand, int most, Fragments fragments) throws Exception {
        while (messages.size() < most) {
            GetResponse got = channel.basicGet(queue(), false);
            if (got == null) {
                return;
            }
            var properties = new DefaultMessagePropertiesConverter()
                    .toMessageProperties(got.getProps(), got.getEnvelope(), StandardCharsets.UTF_8.name());
            properties.setConsumerQueue(queue());
            Message message = new Message(got.getBody(), properties);
            messages.add(message);
            hand.together(ListenerTasks.identity(message), ListenerTasks.envelope(message));
            fragments.addTo(contents, message);
        }
    }

    List<Message> contents() {
        return contents;
    }

    void handled() throws Exception {
        if (told) {
            return;
        }
        if (received == null) {
            acknowledge();
        } else {
            received.acknowledge(this::acknowledge, this::requeue);
        }
    }

    void giveBack(Throwable why) throws Exception {
        if (received == null) {
            requeue();
        } else {
            received.giveBack(this::requeue, why);
        }
    }

    void putAside(Throwable why) throws Exception {
        if (received == null) {
            reject();
        } else {
            received.putAside(this::reject, why);
        }
    }

    /** Leaves what nobody has told the server of where it is; outside of runs it is gone. */
    void keep(@Nullable Throwable why) throws Exception {
        if (received == null) {
            reject();
        } else if (!told) {
            received.keep(this::requeue, this::reject, why);
        } else if (why != null) {
            received.giveBack(this::requeue, why);
        }
    }

    void leave() {
        if (received != null) {
            received.leave();
        }
    }

    /** Makes the channel that a listener acknowledges and rejects by. */
    Channel byHand() {
        return (Channel) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                ClassUtils.getAllInterfaces(channel),
                (proxy, method, arguments) -> call(method, arguments));
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        boolean ours = !told && arguments != null && arguments.length > 1 && arguments[0].equals(tag());
        switch (ours ? method.getName() : "") {
            case "basicAck" -> handled();
            case "basicNack" -> handBack((boolean) arguments[2], "basicNack");
            case "basicReject" -> handBack((boolean) arguments[1], "basicReject");
            default -> {
                try {
                    return method.invoke(channel, arguments);
                } catch (InvocationTargetException failed) {
                    throw failed.getCause();
                }
            }
        }
        return null;
    }

    private void handBack(boolean again, String called) throws Exception {
        Exception why = new IllegalStateException("the listener has called " + called);
        if (!again) {
            putAside(why);
        } else if (received == null) {
            requeue();
        } else {
            received.handBack(this::requeue, why);
        }
    }

    private void acknowledge() throws Exception {
        told = true;
        channel.basicAck(tag(), messages.size() > 1);
        gone();
    }

    private void reject() throws Exception {
        if (!told) {
            told = true;
            giveBackEach(false);
            gone();
        }
    }

    private void requeue() throws Exception {
        if (!told) {
            told = true;
            giveBackEach(true);
        }
    }

    /** The first at last: it is what comes next then. */
    private void giveBackEach(boolean again) throws IOException {
        for (int i = messages.size() - 1; i >= 0; i--) {
            channel.basicNack(messages.get(i).getMessageProperties().getDeliveryTag(), false, again);
        }
    }

    private void gone() {
        messages.forEach(message ->
                tasks.server().gone(queue(), message.getMessageProperties().getMessageId()));
    }

    /** That of the last: what is told of it is told of all before it. */
    private long tag() {
        return messages.get(messages.size() - 1).getMessageProperties().getDeliveryTag();
    }

    private String queue() {
        return messages.get(0).getMessageProperties().getConsumerQueue();
    }
}
