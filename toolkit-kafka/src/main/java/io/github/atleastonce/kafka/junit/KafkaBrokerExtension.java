package io.github.atleastonce.kafka.junit;

import io.github.atleastonce.kafka.KafkaCluster;
import io.github.atleastonce.kafka.broker.BrokerLogs;
import io.github.atleastonce.run.UsageException;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Keeps the broker in the store of the engine, so that it ends with the launcher's session, and the clients of a class in the
 * store of that class. The address is the same for the whole JVM, so the system properties that hold it add nothing to the key
 * of Spring's context cache.
 */
final class KafkaBrokerExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    private static final String EMBEDDED_KAFKA = "org.springframework.kafka.test.context.EmbeddedKafka";

    /** Frameworks that start their application before the class, with what the system properties say then; Spring does so later. */
    private static final Set<String> EARLY =
            Set.of("io.micronaut.test.extensions.junit5.annotation.MicronautTest", "io.quarkus.test.junit.QuarkusTest");

    private static final int MOST_BROKERS = 9;

    private static final Namespace NAMESPACE = Namespace.create(KafkaBrokerExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        KafkaBroker wanted = required(context);
        if (wanted.brokers() < 1 || wanted.brokers() > MOST_BROKERS) {
            throw new UsageException("@KafkaBroker on " + context.getDisplayName() + " wants from 1 to " + MOST_BROKERS
                    + " brokers, but got " + wanted.brokers() + ".");
        }
        Map<String, Integer> topics = new LinkedHashMap<>();
        for (Topic topic : wanted.topics()) {
            if (topic.name().isBlank() || topic.partitions() < 1) {
                throw new UsageException(
                        "@Topic wants a name and at least 1 partition, but on " + context.getDisplayName()
                                + " it has the name '" + topic.name() + "' and " + topic.partitions() + ".");
            }
            if (topics.put(topic.name(), topic.partitions()) != null) {
                throw new UsageException("@KafkaBroker on " + context.getDisplayName() + " names the topic '"
                        + topic.name() + "' twice: once is enough.");
            }
        }
        refuseSecondBroker(context);
        refuseLateBroker(context.getRequiredTestClass());
        SharedBroker broker = broker(context, wanted);
        broker.tell(List.of(wanted.properties()), wanted.proxy());
        broker.createTopics(topics);
        context.getStore(NAMESPACE).put(KafkaCluster.class, new ClassClients(broker, topics.keySet(), wanted.proxy()));
    }

    /** It would take the listeners that Spring's properties lead to, and this broker would wait for them. */
    private static void refuseSecondBroker(ExtensionContext context) {
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            boolean second = isAnnotated(type.getAnnotations(), new HashSet<>());
            if (second) {
                throw new UsageException(type.getSimpleName()
                        + " has @KafkaBroker and @EmbeddedKafka, and its listeners can use only one of the two brokers: remove "
                        + "@EmbeddedKafka.");
            }
        }
    }

    /** JUnit calls extensions in the order of their annotations. */
    private static void refuseLateBroker(Class<?> type) {
        for (Annotation annotation : type.getAnnotations()) {
            if (annotation instanceof KafkaBroker) {
                return;
            }
            if (EARLY.contains(annotation.annotationType().getName())) {
                throw new UsageException(
                        "On " + type.getSimpleName() + " @KafkaBroker stands below @"
                                + annotation.annotationType().getSimpleName()
                                + ", which starts the application first, and it would look for its broker elsewhere: write @KafkaBroker above it.");
            }
        }
    }

    /** Looks at the names only: Spring's test support may be absent. */
    private static boolean isAnnotated(Annotation[] annotations, Set<Class<?>> seen) {
        for (Annotation annotation : annotations) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (seen.add(type) && (type.getName().equals(EMBEDDED_KAFKA) || isAnnotated(type.getAnnotations(), seen))) {
                return true;
            }
        }
        return false;
    }

    /** A Spring context that was started for the test instance has configured the logging anew. */
    @Override
    public void beforeEach(ExtensionContext context) {
        BrokerLogs.quieten();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.isAnnotated(BootstrapServers.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type != String.class) {
            throw new UsageException("@BootstrapServers wants a parameter of type String, but is on one of type "
                    + type.getName() + ".");
        }
        KafkaBroker wanted = required(context);
        return broker(context, wanted).bootstrapServers(wanted.proxy());
    }

    static Optional<KafkaCluster> cluster(ExtensionContext context) {
        ClassClients clients = context.getStore(NAMESPACE).get(KafkaCluster.class, ClassClients.class);
        return Optional.ofNullable(clients).map(ClassClients::cluster);
    }

    @SuppressWarnings("deprecation") // JUnit 5.12 has no computeIfAbsent
    private static SharedBroker broker(ExtensionContext context, KafkaBroker wanted) {
        SharedBroker broker = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        wanted.brokers(),
                        brokers -> SharedBroker.start(context::getConfigurationParameter, brokers),
                        SharedBroker.class);
        return Objects.requireNonNull(broker);
    }

    private static KafkaBroker required(ExtensionContext context) {
        return annotation(context)
                .orElseThrow(() -> new UsageException("There is no @KafkaBroker on " + context.getDisplayName() + "."));
    }

    private static Optional<KafkaBroker> annotation(ExtensionContext context) {
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            Optional<KafkaBroker> found = AnnotationSupport.findAnnotation(type, KafkaBroker.class);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
