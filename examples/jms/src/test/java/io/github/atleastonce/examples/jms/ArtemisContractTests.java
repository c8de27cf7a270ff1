package io.github.atleastonce.examples.jms;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.queue.Queues;
import java.util.List;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ArtemisContractTests extends TransportContract {

    private static final EmbeddedActiveMQ BROKER = new EmbeddedActiveMQ();
    private static ArtemisQueues queues;

    @BeforeAll
    static void start() throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("here", "vm://91");
        for (String queue : List.of(ORDERS, REPLIES, DEAD)) {
            configuration.addQueueConfiguration(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST));
        }
        BROKER.setConfiguration(configuration);
        BROKER.start();
        queues = new ArtemisQueues(BROKER.getActiveMQServer(), DEAD);
    }

    @AfterAll
    static void stop() throws Exception {
        queues.close();
        BROKER.stop();
    }

    @Override
    protected TransportFactory transport() {
        return new Queues("on Artemis", queues);
    }
}
