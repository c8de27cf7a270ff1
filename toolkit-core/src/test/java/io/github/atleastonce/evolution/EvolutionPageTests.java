package io.github.atleastonce.evolution;

import static io.github.atleastonce.evolution.DeploymentOrder.CONSUMER_FIRST;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.OLD_SCHEMA;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The code of {@code docs/evolution.md}, which {@code GuideTests} of the quickstart compares with the sources. */
class EvolutionPageTests {

    private static final Path PAGE = Path.of("..", "docs", "evolution.md");
    private static final Pattern TEXT = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);

    record OrderPlaced(
            String orderId,
            @JsonAlias("customer") String customerId,
            int amount,
            @Nullable String currency) {}

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    static final EventArchive ORDER_PLACED = EventArchive.at("src/test/resources/events/OrderPlaced")
            .writtenBy(MAPPER::writeValueAsBytes, new OrderPlaced("o-1", "c-1", 30, "EUR"))
            .readBy(bytes -> MAPPER.readValue(bytes, OrderPlaced.class));

    @Test
    void keepsItsContract() {
        assertThat(ORDER_PLACED).holdsTodaysVersion().isReadInEveryVersion().mayBeDeployed(CONSUMER_FIRST);
    }

    @FaultTest(faults = {OLD_SCHEMA, REDELIVERY, CRASH})
    void booksOldOrders(Scenario scenario) {
        Map<String, String> booked = new TreeMap<>(); // stands for the database
        EventArchive archive = ORDER_PLACED.writtenInVersion(
                1,
                (OrderPlaced order) -> MAPPER.writeValueAsBytes(
                        Map.of("orderId", order.orderId(), "customer", order.customerId(), "amount", order.amount())));
        archive.olderReleasesSendTo(scenario, "orders");
        scenario.service("books", life -> {
            life.subscribe(
                    "orders",
                    OrderPlaced.class,
                    order -> life.step("commit", () -> {
                        String currency = order.currency() == null ? "EUR" : order.currency();
                        booked.put(order.orderId(), order.customerId() + ": " + order.amount() + " " + currency);
                    }));
            return life;
        });
        scenario.channel("orders").send("o-1", new OrderPlaced("o-1", "c-1", 30, "EUR"));
        scenario.channel("orders").send("o-2", new OrderPlaced("o-2", "c-1", 20, "EUR"));
        scenario.settle();

        assertThat(booked).isEqualTo(Map.of("o-1", "c-1: 30 EUR", "o-2", "c-1: 20 EUR"));
    }

    /** What the page says of the consumer that has forgotten the old name. */
    @Test
    void saysWhatThePageShows() throws IOException {
        record Forgetful(String orderId, String customerId, int amount) {}
        EventArchive archive = ORDER_PLACED.readBy(bytes -> MAPPER.readValue(bytes, Forgetful.class));

        assertThatThrownBy(() -> assertThat(archive).mayBeDeployed(CONSUMER_FIRST))
                .isInstanceOf(AssertionError.class)
                .satisfies(failure -> assertThat(texts()).contains(failure.getMessage() + "\n"));
    }

    private static List<String> texts() throws IOException {
        return TEXT.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
