package io.github.atleastonce.examples.rabbitmq;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;

/**
 * Where the tests find AMQP 0-9-1: on the RabbitMQ whose port the system property {@code rabbitmq.port} names, else on a Qpid in this JVM, which
 * starts in a second.
 */
final class AmqpBroker {

    private static final String RABBITMQ = "rabbitmq.port";

    private static final class Shared {
        static final int PORT = Integer.getInteger(RABBITMQ, 0) == 0 ? startQpid() : Integer.getInteger(RABBITMQ);
    }

    private AmqpBroker() {}

    static int port() {
        return Shared.PORT;
    }

    /** Connects as the guest, which both let in from this machine. */
    static ConnectionFactory connections() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port());
        return factory;
    }

    /** Lets a queue take one message, and refuse the others; each server has words of its own for that. */
    static Map<String, Object> roomForOne() {
        return Integer.getInteger(RABBITMQ, 0) == 0
                ? Map.of("qpid.max_count", 1, "qpid.policy_type", "reject")
                : Map.of("x-max-length", 1, "x-overflow", "reject-publish");
    }

    private static int startQpid() {
        try {
            int port = freePort();
            Path configuration = Files.createTempFile("qpid", ".json");
            Files.writeString(configuration, configuration(port));
            new SystemLauncher()
                    .startup(Map.of(
                            "type",
                            "Memory",
                            "initialConfigurationLocation",
                            configuration.toUri().toURL().toExternalForm(),
                            "startupLoggedToSystemOut",
                            false));
            return port;
        } catch (Exception failure) {
            throw new IllegalStateException("Qpid did not start.", failure);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String configuration(int port) {
        return """
                {
                  "name": "embedded",
                  "modelVersion": "9.1",
                  "authenticationproviders": [{
                    "name": "plain", "type": "Plain", "secureOnlyMechanisms": [],
                    "users": [{"name": "guest", "password": "guest", "type": "managed"}]
                  }],
                  "ports": [{
                    "name": "AMQP", "port": "%d", "bindingAddress": "127.0.0.1", "protocols": ["AMQP_0_9_1"],
                    "authenticationProvider": "plain",
                    "virtualhostaliases": [
                      {"name": "nameAlias", "type": "nameAlias"},
                      {"name": "defaultAlias", "type": "defaultAlias"},
                      {"name": "hostnameAlias", "type": "hostnameAlias"}
                    ]
                  }],
                  "virtualhostnodes": [{
                    "name": "default", "type": "Memory", "defaultVirtualHostNode": "true",
                    "virtualHostInitialConfiguration": "{\\"type\\": \\"Memory\\"}"
                  }]
                }
                """.formatted(port);
    }
}
