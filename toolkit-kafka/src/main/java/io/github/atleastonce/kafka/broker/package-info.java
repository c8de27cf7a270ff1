/**
 * The broker that a test uses: real Kafka, wherever it runs.
 *
 * <p>A {@link io.github.atleastonce.kafka.broker.Broker} is started once and shared; {@code atleastonce.kafka.provider} chooses where it
 * runs:
 *
 * <ul>
 *   <li>{@code embedded} (default): one node in KRaft mode in this JVM, broker and controller at once, see
 *       {@link io.github.atleastonce.kafka.broker.EmbeddedKafka}. It can be stopped and started again, which is what a fault needs.
 *   <li>{@code reused}: the same node in a JVM of its own that outlives the tests, for a developer's machine: the next build finds it running, and
 *       empty. It ends when nobody has used it for {@code atleastonce.kafka.idleTimeout}, an hour by default; JVMs that run at the same time
 *       have one each. What it needs lies in {@code atleastonce.kafka.directory}, {@code ~/.cache/atleastonce} by default.
 *   <li>{@code testcontainers}: the image {@code atleastonce.kafka.image}, by default {@code apache/kafka} in the version of the clients;
 *       needs Docker, and {@code org.testcontainers:testcontainers-kafka} on the class path.
 *   <li>{@code external}: the cluster at {@code atleastonce.kafka.bootstrapServers}; naming an address is enough to choose it.
 * </ul>
 *
 * <p>Further settings: {@code atleastonce.kafka.port} (embedded; 0, any free one, is the default) and {@code atleastonce.kafka.startTimeout}
 * (a duration such as {@code 30s}, {@code 5m} or {@code PT5M}; 60 s is the default). Each setting is a JUnit configuration parameter or a system property, or an environment variable
 * in the form {@code ATLEASTONCE_KAFKA_BOOTSTRAP_SERVERS}.
 *
 * <p>Facts of the world to know: a topic exists for its creator some milliseconds before clients can use it, so creation here waits until
 * each partition has a leader that answers. A group's coordinator comes into being with the first group, which costs the first consumer
 * a round of retries, so the embedded broker creates it ahead. Kafka's server halts the JVM when it is interrupted or loses its files;
 * here it must not, and does not.
 */
@NullMarked
package io.github.atleastonce.kafka.broker;

import org.jspecify.annotations.NullMarked;
