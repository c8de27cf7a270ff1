package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.archrules.map.CouplingMap;
import io.github.atleastonce.archrules.rules.Violation;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Silence is not a clean result: what was understood is told, and what was not. */
class CoverageTests {

    private static final String UNDERSTOOD = """
            package shop;
            public class Orders {
                private final org.springframework.kafka.core.KafkaTemplate<String, Object> kafka;
                private final org.springframework.jdbc.core.JdbcTemplate jdbc;
                Orders(org.springframework.kafka.core.KafkaTemplate<String, Object> kafka, org.springframework.jdbc.core.JdbcTemplate jdbc) { this.kafka = kafka; this.jdbc = jdbc; }
                @org.springframework.kafka.annotation.KafkaListener(topics = "paid") @org.springframework.transaction.annotation.Transactional
                public void on(Paid paid) { jdbc.update("update orders set paid = true where id = ?", paid.id()); jdbc.update("delete from waiting where id = ?", paid.id()); }
                public void place(String id) { kafka.send("placed", new Placed(id)); }
            }
            package shop;
            public record Paid(String id) {}
            package shop;
            public record Placed(String id) {}
            """;

    /** Pulsar's own client, which the knowledge does not speak of. */
    private static final String STRANGE = """
            package shop;
            public class Strange {
                void tell(org.apache.pulsar.client.api.Producer<String> producer) throws Exception { producer.send("x"); }
            }
            """;

    private static final String SETUP = """
            package shop;
            @org.springframework.context.annotation.Configuration
            @org.springframework.kafka.annotation.EnableKafka
            public class KafkaSetup {
                @org.springframework.context.annotation.Bean
                org.springframework.kafka.core.ProducerFactory<String, Object> producers() {
                    return new org.springframework.kafka.core.DefaultKafkaProducerFactory<>(java.util.Map.of(
                            org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG, "all",
                            org.apache.kafka.clients.producer.ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, org.apache.kafka.common.serialization.StringSerializer.class));
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void whatIsUnderstoodIsCounted() {
        assertThat(report(UNDERSTOOD).coverage())
                .isEqualTo("Architecture of events: 3 classes read in 1 context;"
                        + " understood: 1 listener, 1 sender, 2 writes, 1 transaction.\n");
    }

    @Test
    void whatIsNotUnderstoodIsTold() {
        Report report = report(UNDERSTOOD + STRANGE);
        assertThat(report.coverage())
                .contains("1 listener, 1 sender")
                .contains("Not understood, though it has to do with messages")
                .contains("  shop.Strange (MessageId, Producer)\n");
        assertThat(blind(report))
                .as("something else in the context is understood")
                .isEmpty();
    }

    @Test
    void aContextOfWhichNothingIsUnderstoodIsRed() {
        Report report = report(STRANGE);
        assertThat(blind(report)).containsExactly("context shop has messaging of which nothing is understood");
        assertThat(report.message())
                .contains("names   MessageId, Producer")
                .contains("in Strange")
                .contains("knowing(…)");
        assertThat(report.isFailure()).isTrue();
    }

    @Test
    void aContextOfWhichNothingIsUnderstoodIsExemptedByItsName() {
        Fixture fixture = new Fixture(Path.of("coverage"), STRANGE, Idiom.SPRING_KAFKA);
        Report report = ArchitectureCheck.of(fixture.declared(directory)
                        .except("architecture_should_match_code", "shop", "Pulsar is tried there"))
                .run(fixture.compile(directory), new Surroundings(true, Set.of()));
        assertThat(blind(report)).isEmpty();
        assertThat(report.isFailure()).isFalse();
    }

    @Test
    void whatOnlySetsThingsUpIsNoMessaging() {
        Report report = report(SETUP);
        assertThat(report.coverage()).doesNotContain("Not understood");
        assertThat(blind(report)).isEmpty();
    }

    @Test
    void aFactMakesItUnderstood() {
        Fixture fixture = new Fixture(
                Path.of("coverage"),
                "// knowing: send org.apache.pulsar.client.api.Producer#send payload=0\n" + STRANGE,
                Idiom.SPRING_KAFKA);
        assertThat(report(fixture).coverage()).doesNotContain("Not understood");
    }

    @Test
    void contextsInDoubtAreToldWithTheLinesThatDeclareThem() {
        assertThat(report("package shop.order;\npublic class A {}\npackage shop.payment;\npublic class B {}\n")
                        .coverage())
                .endsWith("""
                        Nothing declares or marks a context, so shop is taken to be one. If it holds several, say which:
                          .context("order", "shop.order")
                          .context("payment", "shop.payment")
                        """);
    }

    @Test
    void theJsonTellsItByContext() {
        CouplingMap map = CouplingMap.of(report(UNDERSTOOD + STRANGE).model());
        assertThat(map.toJson())
                .contains("\"listeners\" : 1", "\"senders\" : 1", "\"writes\" : 2", "\"transactions\" : 1")
                .contains("\"notUnderstood\" : [ \"shop.Strange\" ]");
        assertThat(map.merge(map).toJson())
                .contains("\"writes\" : 2")
                .contains("\"notUnderstood\" : [ \"shop.Strange\" ]");
    }

    private static List<String> blind(Report report) {
        return report.result("architecture_should_match_code").orElseThrow().fresh().stream()
                .map(Violation::headline)
                .toList();
    }

    private Report report(String text) {
        return report(new Fixture(Path.of("coverage"), text, Idiom.SPRING_KAFKA));
    }

    private Report report(Fixture fixture) {
        return ArchitectureCheck.of(fixture.declared(directory))
                .run(fixture.compile(directory), new Surroundings(true, Set.of()));
    }
}
