package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.EventType;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What events are called where maps and baselines of several builds meet. */
class WireNamesTests {

    @TempDir
    Path directory;

    @Test
    void aClassOfItsOwnIsCalledByItsSimpleName() {
        assertThat(names("""
                package shop.order;
                public record OrderPlaced(String id) {}
                """, "order OrderPlaced")).containsOnly(Map.entry("shop.order.OrderPlaced", "OrderPlaced"));
    }

    @Test
    void aMemberIsCalledByItsFamilyToo() {
        assertThat(names("""
                package shop.order;
                public sealed interface OrderEvent {
                    record Placed(String id) implements OrderEvent {}
                }
                package shop.payment;
                public sealed interface PaymentEvent {
                    record Placed(String id) implements PaymentEvent {}
                }
                """, "order OrderEvent.Placed", "payment PaymentEvent.Placed"))
                .containsOnly(
                        Map.entry("shop.order.OrderEvent$Placed", "OrderEvent.Placed"),
                        Map.entry("shop.payment.PaymentEvent$Placed", "PaymentEvent.Placed"));
    }

    @Test
    void aRecordInsideOfSomethingElseIsNot() {
        assertThat(names("""
                package shop.order;
                public class Events {
                    public record OrderPlaced(String id) {}
                }
                """, "order Events.OrderPlaced"))
                .containsOnly(Map.entry("shop.order.Events$OrderPlaced", "OrderPlaced"));
    }

    @Test
    void ofTwoPublishedEventsOfOneNameNoneHidesTheOther() {
        assertThat(names("""
                package shop.order;
                public record StatusChanged(String id) {}
                package shop.payment;
                public record StatusChanged(String id) {}
                """, "order StatusChanged", "payment StatusChanged"))
                .containsOnly(
                        Map.entry("shop.order.StatusChanged", "shop.order.StatusChanged"),
                        Map.entry("shop.payment.StatusChanged", "shop.payment.StatusChanged"));
    }

    @Test
    void jacksonIsHeard() {
        assertThat(names("""
                package shop.order;
                @com.fasterxml.jackson.annotation.JsonSubTypes(
                        @com.fasterxml.jackson.annotation.JsonSubTypes.Type(
                                value = OrderEvent.Placed.class, name = "order-placed"))
                public sealed interface OrderEvent {
                    record Placed(String id) implements OrderEvent {}
                    @com.fasterxml.jackson.annotation.JsonTypeName("order-paid")
                    record Paid(String id) implements OrderEvent {}
                }
                """, "order OrderEvent.Placed", "order OrderEvent.Paid"))
                .containsOnly(
                        Map.entry("shop.order.OrderEvent$Placed", "order-placed"),
                        Map.entry("shop.order.OrderEvent$Paid", "order-paid"));
    }

    @Test
    void whatIsDeclaredIsHeardFirst() {
        Architecture shop =
                Architecture.of("shop").contextPerPackage().wireName("shop.order.OrderPlaced", "orders.placed.v1");
        assertThat(names(shop, """
                package shop.order;
                @com.fasterxml.jackson.annotation.JsonTypeName("order-placed")
                public record OrderPlaced(String id) {}
                """, "order OrderPlaced"))
                .containsOnly(Map.entry("shop.order.OrderPlaced", "orders.placed.v1"));
    }

    private Map<String, String> names(String types, String... published) {
        return names(Architecture.of("shop").contextPerPackage(), types, published);
    }

    private Map<String, String> names(Architecture architecture, String types, String... published) {
        StringBuilder text = new StringBuilder(types);
        for (int i = 0; i < published.length; i++) {
            String[] words = published[i].split(" ");
            text.append("""
                    package shop.%s;
                    public class Sender%d {
                        %%sender
                        public void send(String id) { %%send{orders new %s(id)}; }
                    }
                    """.formatted(words[0], i, words[1]));
        }
        Fixture fixture = new Fixture(Path.of("names"), text.toString(), Idiom.SPRING_KAFKA);
        return EventModel.of(architecture, fixture.compile(directory)).events().stream()
                .collect(Collectors.toMap(event -> event.type().getName(), EventType::wireName));
    }
}
