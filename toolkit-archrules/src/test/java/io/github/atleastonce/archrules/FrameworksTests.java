package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.archrules.model.Consumption;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Publication;
import io.github.atleastonce.archrules.rules.EventRules;
import io.github.atleastonce.archrules.rules.OutboxRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each framework that the standard knowledge speaks of, with its real jars: what is published is seen, and what is consumed. */
class FrameworksTests {

    private static final Path FRAMEWORKS = Path.of("src/test/frameworks");

    /** Where the destination stands in the configuration and not in the code. */
    private static final Set<Idiom> NO_TOPIC_WHERE_SENT = Set.of(Idiom.SMALLRYE, Idiom.MICRONAUT_RABBITMQ, Idiom.AXON);

    private static final Set<Idiom> NO_TOPIC_WHERE_HEARD = Set.of(Idiom.KAFKA_CLIENTS, Idiom.AXON);

    @ParameterizedTest
    @EnumSource(Idiom.class)
    void publishesAndConsumes(Idiom idiom, @TempDir Path directory) {
        EventModel model = new Fixture(Path.of("frameworks"), """
                package shop.order;
                public record OrderPlaced(String orderId) {}
                package shop.order;
                public class OrderService {
                    %sender
                    public void place(String id) { %send{orders new OrderPlaced(id)}; }
                }
                package shop.payment;
                public class PaymentListener {
                    %listen{on shop.order.OrderPlaced event} { System.out.println(event); }
                }
                """, idiom)
                .check(EventRules.EVENTS_SHOULD_BE_IMMUTABLE, directory)
                .model();

        assertThat(model.publications()).singleElement().satisfies(publication -> {
            assertThat(publication.context()).isEqualTo("order");
            assertThat(publication.types()).containsExactly("shop.order.OrderPlaced");
            assertThat(publication.channels())
                    .isEqualTo(NO_TOPIC_WHERE_SENT.contains(idiom) ? Set.of() : Set.of("orders"));
        });
        assertThat(model.consumptions()).singleElement().satisfies(consumption -> {
            assertThat(consumption.context()).isEqualTo("payment");
            assertThat(consumption.types()).containsExactly("shop.order.OrderPlaced");
            assertThat(consumption.channels())
                    .isEqualTo(NO_TOPIC_WHERE_HEARD.contains(idiom) ? Set.of() : Set.of("orders"));
        });
    }

    /** Outside of Axon, whose events are stored with the transaction. */
    @ParameterizedTest
    @EnumSource(value = Idiom.class, mode = EnumSource.Mode.EXCLUDE, names = "AXON")
    void aWriteBesideASendIsFound(Idiom idiom, @TempDir Path directory) {
        assertThat(dualWrite(idiom, directory)).hasSize(1);
    }

    @Test
    void aWriteBesideAnEventOfAxonIsNone(@TempDir Path directory) {
        assertThat(dualWrite(Idiom.AXON, directory)).isEmpty();
    }

    private static List<?> dualWrite(Idiom idiom, Path directory) {
        return new Fixture(Path.of("frameworks"), """
                package shop.order;
                public record OrderPlaced(String orderId) {}
                package shop.order;
                public class OrderService {
                    java.sql.PreparedStatement insert;
                    %sender
                    public void place(String id) throws java.sql.SQLException {
                        insert.executeUpdate();
                        %send{orders new OrderPlaced(id)};
                    }
                }
                """, idiom)
                .check(OutboxRules.WRITES_AND_SENDS_SHOULD_USE_OUTBOX, directory)
                .result("writes_and_sends_should_use_outbox")
                .orElseThrow()
                .fresh();
    }

    private static final Map<String, Publication.Delivery> DELIVERIES = Map.of(
            "publishes", Publication.Delivery.BROKER,
            "stores", Publication.Delivery.OUTBOX,
            "tells", Publication.Delivery.LOCAL);

    /** What does not fit the idioms, one file each: {@code // publishes:}, {@code stores:} and {@code tells:}, {@code // consumes:}. */
    @TestFactory
    Stream<DynamicTest> furtherOnes(@TempDir Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(FRAMEWORKS)) {
            files = found.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(8);
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files) {
            for (Generation generation : Fixture.generations(Files.readString(file))) {
                tests.add(DynamicTest.dynamicTest(
                        file.getFileName() + " " + generation,
                        () -> check(
                                Fixture.read(file, Idiom.SPRING_KAFKA, generation),
                                Files.createTempDirectory(directory, "framework"))));
            }
        }
        return tests.stream();
    }

    private static void check(Fixture fixture, Path directory) {
        Report report = fixture.check(EventRules.EVENTS_SHOULD_BE_IMMUTABLE, directory);
        EventModel model = report.model();
        DELIVERIES.forEach((header, delivery) -> assertThat(model.publications().stream()
                        .filter(publication -> publication.delivery() == delivery)
                        .flatMap(FrameworksTests::said))
                .as(header)
                .containsExactlyInAnyOrderElementsOf(fixture.headers(header)));
        assertThat(model.consumptions().stream().flatMap(FrameworksTests::said))
                .as("consumes")
                .containsExactlyInAnyOrderElementsOf(fixture.headers("consumes"));
        assertThat(report.result("architecture_should_match_code").orElseThrow().fresh())
                .as("all jars are there")
                .isEmpty();
    }

    private static Stream<String> said(Publication publication) {
        return publication.types().isEmpty() && !publication.channels().isEmpty()
                ? Stream.of(said("something", publication.channels()))
                : publication.types().stream().map(type -> said(type, publication.channels()));
    }

    private static Stream<String> said(Consumption consumption) {
        return consumption.types().isEmpty()
                ? Stream.of(said("something", consumption.channels()))
                : consumption.types().stream().map(type -> said(type, consumption.channels()));
    }

    private static String said(String type, Set<String> channels) {
        return type.substring(type.lastIndexOf('.') + 1) + (channels.isEmpty() ? "" : " " + String.join(",", channels));
    }
}
