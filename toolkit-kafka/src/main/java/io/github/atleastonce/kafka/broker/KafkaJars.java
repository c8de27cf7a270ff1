package io.github.atleastonce.kafka.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;

/** The versions of Kafka's jars on the class path, which have to be one. */
final class KafkaJars {

    /** Those that there is a BOM for. */
    private static final Pattern VERSION = Pattern.compile("(3\\.9|4\\.[0-4])\\..*");

    private KafkaJars() {}

    /**
     * Says what to do where classes of Kafka do not fit each other.
     *
     * @param broken what was thrown
     */
    static String wanted(Throwable broken) {
        return wanted(broken, clients().orElse(""), server().orElse(""));
    }

    static String wanted(Throwable broken, String clients, String server) {
        Matcher version = VERSION.matcher(clients);
        boolean differ = !clients.equals(server) && !server.isEmpty();
        return broken + ", but all jars of Kafka are wanted in one version"
                + (differ ? ", and kafka-clients is " + clients + " while kafka_2.13 is " + server : "")
                + (version.matches()
                        ? ": import the BOM io.github.atleastonce:toolkit-bom-kafka-" + version.group(1)
                                + " before all others, or set kafka.version where Spring Boot manages it"
                        : "");
    }

    /** Returns the version of the clients. */
    static Optional<String> clients() {
        Properties properties = new Properties();
        try (InputStream file = Admin.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Optional.ofNullable(properties.getProperty("version"));
    }

    /** The only jar of the server that says so. */
    private static Optional<String> server() {
        try {
            Class<?> type = Class.forName("kafka.server.KafkaRaftServer", false, KafkaJars.class.getClassLoader());
            CodeSource source = type.getProtectionDomain().getCodeSource();
            if (source == null) {
                return Optional.empty();
            }
            try (JarFile jar = new JarFile(Path.of(source.getLocation().toURI()).toFile())) {
                Manifest manifest = jar.getManifest();
                return Optional.ofNullable(manifest)
                        .map(present -> present.getMainAttributes().getValue("Version"));
            }
        } catch (ClassNotFoundException | LinkageError | IOException | URISyntaxException unknown) {
            return Optional.empty();
        }
    }
}
