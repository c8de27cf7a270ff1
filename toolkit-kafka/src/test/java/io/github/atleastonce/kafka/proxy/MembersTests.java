package io.github.atleastonce.kafka.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consumers that have one client id for all: at the same time, or one after the other. */
class MembersTests {

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;
    private static Admin admin;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start();
        broker.createTopics(Map.of("orders", 2));
        proxy = FaultProxy.before(broker.bootstrapServers());
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        proxy.close();
        broker.close();
    }

    /** As in one test class after another. */
    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void aClientThatHasLeftMayBeOfAnotherGroup(String protocol) {
        assumeTrue(ProxiedClients.speaks(protocol));
        for (String group : List.of("first-" + protocol, "second-" + protocol)) {
            try (KafkaConsumer<String, String> consumer = join(proxy.bootstrapServers(), group, protocol)) {
                assertThat(consumer.assignment()).isNotEmpty();
                assertThat(proxy.holdsBack(group, members(group))).isTrue();
            }
        }
    }

    /** As in a process with one client for all that it reads. */
    @Test
    void allMembersOfAnEntranceLeaveWithIt() {
        Door door = proxy.open("a life");
        try (KafkaConsumer<String, String> one = join(door.bootstrapServers(), "one", "classic");
                KafkaConsumer<String, String> other = join(door.bootstrapServers(), "other", "classic")) {
            assertThat(one.assignment()).isEqualTo(other.assignment());

            proxy.close(door);

            assertThat(members("one")).isEmpty();
            assertThat(members("other")).isEmpty();
        }
    }

    private static KafkaConsumer<String, String> join(String servers, String group, String protocol) {
        Map<String, Object> settings = new HashMap<>(ProxiedClients.protocol(protocol));
        settings.put("client.id", "billing-" + protocol);
        settings.put("default.api.timeout.ms", 2000);
        KafkaConsumer<String, String> consumer = ProxiedClients.consumer(servers, group, settings);
        consumer.subscribe(Set.of("orders"));
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            consumer.poll(Duration.ofMillis(50));
            return !consumer.assignment().isEmpty();
        });
        return consumer;
    }

    private static Set<String> members(String group) {
        try {
            return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                    .map(MemberDescription::consumerId)
                    .collect(Collectors.toSet());
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
