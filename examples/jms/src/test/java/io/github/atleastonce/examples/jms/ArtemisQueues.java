package io.github.atleastonce.examples.jms;

import io.github.atleastonce.queue.Envelope;
import io.github.atleastonce.queue.QueueServer;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.JMSFactoryType;
import org.apache.activemq.artemis.core.postoffice.Binding;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;

/** The queues of an Artemis that runs in this JVM. What came too often goes to another queue, as its address settings say. */
final class ArtemisQueues implements QueueServer, AutoCloseable {

    private static final int LIMIT = 3;

    private final ActiveMQServer server;
    private final String deadLetters;
    private final Connection connection;
    private final Session putting;
    private final MessageProducer producer;

    ArtemisQueues(ActiveMQServer server, String deadLetters) {
        this.server = server;
        this.deadLetters = deadLetters;
        server.getAddressSettingsRepository()
                .addMatch(
                        "#",
                        new AddressSettings()
                                .setMaxDeliveryAttempts(LIMIT)
                                .setDeadLetterAddress(SimpleString.of(deadLetters)));
        try {
            connection = connections().createConnection();
            connection.start();
            putting = connection.createSession();
            producer = putting.createProducer(null);
        } catch (JMSException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private ActiveMQConnectionFactory connections() {
        Map<String, Object> where = server.getConfiguration().getAcceptorConfigurations().stream()
                .map(TransportConfiguration::getParams)
                .findFirst()
                .orElseThrow();
        ActiveMQConnectionFactory factory = ActiveMQJMSClient.createConnectionFactoryWithoutHA(
                JMSFactoryType.CF, new TransportConfiguration(InVMConnectorFactory.class.getName(), where));
        factory.setConsumerWindowSize(0);
        return factory;
    }

    @Override
    public boolean has(String queue) {
        return server.locateQueue(queue) != null;
    }

    @Override
    public String put(String queue, Envelope envelope) {
        try {
            TextMessage message = putting.createTextMessage(envelope.body());
            for (Map.Entry<String, String> property : envelope.properties().entrySet()) {
                message.setStringProperty(property.getKey(), property.getValue());
            }
            producer.send(putting.createQueue(queue), message);
            return message.getJMSMessageID();
        } catch (JMSException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public Optional<InHand> take(String queue) {
        try {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            Message message = consumer.receiveNoWait();
            if (message == null) {
                session.close();
                return Optional.empty();
            }
            return Optional.of(new Hand(session, identity(message), envelope(message), deliveries(message)));
        } catch (JMSException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String identity(Message message) throws JMSException {
        return message.getJMSMessageID();
    }

    static int deliveries(Message message) throws JMSException {
        return message.getIntProperty("JMSXDeliveryCount");
    }

    static Envelope envelope(Message message) throws JMSException {
        Map<String, String> properties = new LinkedHashMap<>();
        for (Object name : Collections.list((Enumeration<?>) message.getPropertyNames())) {
            String property = String.valueOf(name);
            if (!property.startsWith("JMSX")) {
                properties.put(property, message.getStringProperty(property));
            }
        }
        return new Envelope(properties, body(message));
    }

    private static @Nullable String body(Message message) throws JMSException {
        return message instanceof TextMessage text ? text.getText() : null;
    }

    private record Hand(Session session, String identity, Envelope envelope, int deliveries) implements InHand {

        @Override
        public void acknowledge() {
            perform(session::commit);
            perform(session::close);
        }

        @Override
        public void giveBack() {
            perform(session::rollback);
            perform(session::close);
        }
    }

    interface Performing {

        void run() throws JMSException;
    }

    static void perform(Performing performing) {
        try {
            performing.run();
        } catch (JMSException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public long size(String queue) {
        Queue counted = queue(queue);
        // What was put a moment ago is counted once it has come through.
        counted.flushExecutor();
        return counted.getMessageCount();
    }

    /** What somebody has in hand comes back, and goes then. */
    @Override
    public void purge() {
        server.getPostOffice()
                .getAllBindings()
                .map(Binding::getBindable)
                .filter(Queue.class::isInstance)
                .map(Queue.class::cast)
                .filter(queue -> queue.flushExecutor() && queue.getMessageCount() > 0)
                .forEach(ArtemisQueues::empty);
    }

    private static void empty(Queue queue) {
        try {
            queue.deleteAllReferences();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Queue queue(String name) {
        return Objects.requireNonNull(server.locateQueue(name));
    }

    @Override
    public Optional<String> deadLetterQueue(String queue) {
        return queue.equals(deadLetters) ? Optional.empty() : Optional.of(deadLetters);
    }

    @Override
    public int deliveryLimit() {
        return LIMIT;
    }

    @Override
    public boolean countsDeliveries() {
        return true;
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
