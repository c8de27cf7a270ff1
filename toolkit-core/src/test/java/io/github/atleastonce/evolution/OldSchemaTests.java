package io.github.atleastonce.evolution;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.OLD_SCHEMA;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An event in an old version between new ones: consumers that do not expect it, each beside one that does. */
class OldSchemaTests {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);

    /** The currency came with version 2. */
    record Placed(
            String orderId,
            @JsonAlias("order") String id,
            int amount,
            @Nullable String currency) {

        static Placed of(String orderId, int amount) {
            return new Placed(orderId, "", amount, "EUR");
        }
    }

    private static final String V1 = "{\"orderId\":\"o-0\",\"id\":\"\",\"amount\":1}";
    private static final String V2 = "{\"orderId\":\"o-0\",\"id\":\"\",\"amount\":1,\"currency\":\"USD\"}";

    @TempDir
    Path directory;

    private EventArchive archive(String... versions) {
        return archive(directory.resolve("Placed"), versions);
    }

    private static EventArchive archive(Path path, String... versions) {
        try {
            Path folder = Files.createDirectories(path);
            for (int i = 0; i < versions.length; i++) {
                Files.writeString(folder.resolve("v" + (i + 1) + ".json"), versions[i]);
            }
            return EventArchive.at(folder.toString());
        } catch (IOException unwritable) {
            throw new AssertionError(unwritable);
        }
    }

    private EventArchive ofObjects() {
        return archive(V1, V2)
                .writtenBy(MAPPER::writeValueAsBytes, Placed.of("o-0", 1))
                .readBy(bytes -> MAPPER.readValue(bytes, Placed.class));
    }

    /** Books amounts by their currency, once for each order. */
    private static ScenarioRunner.Body books(EventArchive archive, boolean knowsOldOnes) {
        return scenario -> {
            Map<String, Integer> booked = new TreeMap<>();
            List<String> known = new ArrayList<>();
            archive.olderReleasesSendTo(scenario, "orders");
            scenario.service("books", life -> {
                life.subscribe(
                        "orders",
                        Placed.class,
                        order -> life.step("commit", () -> {
                            if (!known.contains(order.orderId())) {
                                known.add(order.orderId());
                                String currency = knowsOldOnes && order.currency() == null ? "EUR" : order.currency();
                                booked.merge(String.valueOf(currency), order.amount(), Integer::sum);
                            }
                        }));
                return known;
            });
            scenario.channel("orders").send("o-1", Placed.of("o-1", 30));
            scenario.channel("orders").send("o-2", Placed.of("o-2", 20));
            scenario.settle();
            assertThat(booked).isEqualTo(Map.of("EUR", 50));
        };
    }

    @Test
    void aConsumerThatDoesNotExpectAnOldEventIsFound() {
        Outcome outcome = ScenarioRunner.of(OLD_SCHEMA, DUPLICATE, REDELIVERY, CRASH)
                .within(ONE)
                .explore(books(ofObjects(), false));

        assertThat(Explored.token(outcome)).isEqualTo("1:old_schema(orders[k1],v1)");
        assertThat(Story.of(Explored.failed(outcome)).text())
                .contains("✗ OLD_SCHEMA: Placed(o-1) written as v1, by a release before today's")
                .contains("\"null\"=30");
    }

    @Test
    void aConsumerThatDoesPasses() {
        Outcome outcome =
                ScenarioRunner.of(OLD_SCHEMA, DUPLICATE, REDELIVERY, CRASH).explore(books(ofObjects(), true));

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        assertThat(((Outcome.Passed) outcome).claim().toString())
                .contains("OLD_SCHEMA")
                .contains("2 faults");
    }

    @Test
    void eachMessageIsSentInEachOlderVersion() {
        List<String> read = new ArrayList<>();
        String another = V2.replace("}", ",\"reason\":\"another kind of event, with the same fields and one more\"}");
        EventArchive archive =
                archive("{\"orderId\":\"o-0\"}", V1, V2).readBy(bytes -> MAPPER.readValue(bytes, Placed.class));

        Outcome outcome = ScenarioRunner.of(OLD_SCHEMA).within(ONE).explore(scenario -> {
            List<String> got = new ArrayList<>();
            archive.olderReleasesSendTo(scenario, "orders");
            scenario.consumer("books", "orders", String.class, got::add);
            scenario.channel("orders").send("o-1", V2.replace("o-0", "o-1"));
            scenario.channel("orders").send("o-2", another);
            scenario.consumer(
                    "till",
                    "payments",
                    String.class,
                    payment -> assertThat(payment).isEqualTo(V2));
            scenario.channel("payments").send("o-1", V2);
            scenario.settle();
            assertThat(got).hasSize(2).contains(another);
            read.add(got.get(0));
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        assertThat(read).containsOnly("{\"orderId\":\"o-1\"}", V1.replace("o-0", "o-1"), V2.replace("o-0", "o-1"));
    }

    @Test
    void anEventThatAServiceSendsIsWrittenByAnOlderReleaseOfItToo() {
        Outcome outcome = ScenarioRunner.of(OLD_SCHEMA).within(ONE).explore(scenario -> {
            ofObjects().olderReleasesSendTo(scenario, "placed");
            scenario.service("shop", life -> {
                life.subscribe("orders", String.class, id -> life.send("placed", id, Placed.of(id, 30)));
                return life;
            });
            List<String> currencies = new ArrayList<>();
            scenario.consumer("books", "placed", Placed.class, order -> currencies.add(order.currency()));
            scenario.channel("orders").send("o-1", "o-1");
            scenario.settle();
            assertThat(currencies).containsExactly("EUR");
        });

        assertThat(Explored.token(outcome)).isEqualTo("1:old_schema(placed[k1],v1)");
    }

    @Test
    void aTokenIsReplayed() {
        ScenarioRunner runner = ScenarioRunner.of(OLD_SCHEMA);
        Outcome.Failed failed = Explored.failed(runner.explore(books(ofObjects(), false)));

        assertThat(Explored.token(runner.replay(failed.token(), books(ofObjects(), false))))
                .isEqualTo(failed.token().toString());
    }

    /** The field has another name today, and what it said is what today's says. */
    @Test
    void aFieldWithAnotherNameIsWrittenAsTheTestSays() {
        EventArchive archive = archive("{\"order\":\"o-0\"}", V2)
                .writtenBy(MAPPER::writeValueAsBytes, Placed.of("o-0", 1))
                .readBy(bytes -> MAPPER.readValue(bytes, Placed.class));

        assertThat(refusal(archive))
                .isEqualTo(
                        "Placed/v1.json has order, which today's event does not say: writtenInVersion(1, event -> …) "
                                + "says how it was written.");
        assertThat(refusal(archive.writtenInVersion(
                        1, (Placed placed) -> MAPPER.writeValueAsBytes(Map.of("ordre", "o-0")))))
                .startsWith("writtenInVersion(1, …) does not write what Placed/v1.json has: order is gone");
        EventArchive told = archive.writtenInVersion(
                1, (Placed placed) -> MAPPER.writeValueAsBytes(Map.of("order", placed.orderId())));
        List<String> ids = new ArrayList<>();

        Outcome outcome = ScenarioRunner.of(OLD_SCHEMA).within(ONE).explore(scenario -> {
            told.olderReleasesSendTo(scenario, "orders");
            List<Placed> got = new ArrayList<>();
            scenario.consumer("books", "orders", Placed.class, got::add);
            scenario.channel("orders").send("o-1", Placed.of("o-1", 30));
            scenario.settle();
            ids.add(got.get(0).id());
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        assertThat(ids).containsOnly("", "o-1");
    }

    @Test
    void whatWasOptionalThenMayBeMissing() {
        EventArchive archive = archive("{\"order\":\"o-0\",\"note\":\"n\"}", V2)
                .writtenBy(MAPPER::writeValueAsBytes, Placed.of("o-0", 1))
                .readBy(bytes -> MAPPER.readValue(bytes, Placed.class))
                .writtenInVersion(1, (Placed placed) -> MAPPER.writeValueAsBytes(Map.of("order", placed.orderId())));

        assertThat(refusal(archive))
                .isEqualTo(
                        "writtenInVersion(1, …) does not write what Placed/v1.json has: note is gone, which was \"n\".");
        assertThat(refusal(archive.optional("order")))
                .isEqualTo(
                        "writtenInVersion(1, …) does not write what Placed/v1.json has: note is gone, which was \"n\".");
        assertThat(ScenarioRunner.of(OLD_SCHEMA).within(ONE).explore(sends(archive.optional("note"))))
                .isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void keysOfAMapWithinAListMayBeOthersThen() {
        EventArchive archive = archive("{\"order\":\"o-0\",\"lines\":[{\"prices\":{\"USD\":1}}]}", V2)
                .writtenBy(MAPPER::writeValueAsBytes, Placed.of("o-0", 1))
                .readBy(bytes -> MAPPER.readValue(bytes, Placed.class))
                .writtenInVersion(
                        1,
                        (Placed placed) -> MAPPER.writeValueAsBytes(Map.of(
                                "order",
                                placed.orderId(),
                                "lines",
                                List.of(Map.of("prices", Map.of("EUR", placed.amount()))))));

        assertThat(refusal(archive)).contains("lines[0].prices.USD is gone");
        assertThat(ScenarioRunner.of(OLD_SCHEMA).within(ONE).explore(sends(archive.maps("lines.prices"))))
                .isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void whatIsSaidOfAVersionThatIsNotThereIsRefused() {
        EventArchive archive = ofObjects();
        EventArchive.Writer<Placed> writer =
                placed -> MAPPER.writeValueAsBytes(Map.of("orderId", placed.orderId(), "id", "", "amount", 1));

        assertThat(refusal(archive.writtenInVersion(1, writer).writtenInVersion(3, writer)))
                .isEqualTo("writtenInVersion(3, …) wants a version of Placed before the newest one, which are v1.");
        assertThat(refusal(archive.writtenInVersion(2, writer))).startsWith("writtenInVersion(2, …) wants a version");
    }

    /** Folders of two teams may have the same name. */
    @Test
    void eventsOfTheSameNameShareAChannel() {
        EventArchive ours = archive(directory.resolve("ours/Placed"), V1, V2);
        EventArchive theirs = archive(directory.resolve("theirs/Placed"), "{\"number\":1}", "{\"number\":1,\"day\":2}");
        List<List<String>> read = new ArrayList<>();

        Outcome outcome = ScenarioRunner.of(OLD_SCHEMA).within(ONE).explore(scenario -> {
            List<String> got = new ArrayList<>();
            ours.olderReleasesSendTo(scenario, "orders");
            theirs.olderReleasesSendTo(scenario, "orders");
            scenario.consumer("books", "orders", String.class, got::add);
            scenario.channel("orders").send("o-0", V2);
            scenario.channel("orders").send("o-0", "{\"number\":1,\"day\":2}");
            scenario.settle();
            assertThat(got).hasSize(2);
            read.add(got);
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        assertThat(read).contains(List.of(V1, "{\"number\":1,\"day\":2}")).contains(List.of(V2, "{\"number\":1}"));
    }

    private static String refusal(EventArchive archive) {
        List<String> refusal = new ArrayList<>();
        ScenarioRunner.of(OLD_SCHEMA)
                .explore(scenario -> assertThatThrownBy(() -> archive.olderReleasesSendTo(scenario, "orders"))
                        .isInstanceOf(UsageException.class)
                        .satisfies(sentence -> refusal.add(sentence.getMessage())));
        return refusal.get(0);
    }

    @Test
    void whatTodaysConsumerCannotReadFailsTheRun() {
        EventArchive archive = archive(V1, V2)
                .writtenBy(MAPPER::writeValueAsBytes, Placed.of("o-0", 1))
                .readBy(bytes -> {
                    JsonNode read = MAPPER.readTree(bytes);
                    return Placed.of(
                            read.get("orderId").asText(),
                            read.get("currency").asText().length());
                });

        Outcome outcome = ScenarioRunner.of(OLD_SCHEMA).within(ONE).explore(OldSchemaTests.sends(archive));

        assertThat(Explored.failed(outcome).cause())
                .hasMessageStartingWith(
                        "Today's consumer does not read v1 of Placed(o-1): java.lang.NullPointerException");
    }

    private static ScenarioRunner.Body sends(EventArchive archive) {
        return scenario -> {
            archive.olderReleasesSendTo(scenario, "orders");
            List<Placed> got = new ArrayList<>();
            scenario.consumer("books", "orders", Placed.class, got::add);
            scenario.channel("orders").send("o-1", Placed.of("o-1", 30));
            scenario.settle();
            assertThat(got).isNotEmpty();
        };
    }

    @Test
    void whatWasNotAskedForIsSaid() {
        Outcome outcome = ScenarioRunner.of(REDELIVERY).explore(sends(ofObjects()));

        assertThat(((Outcome.Passed) outcome).claim().toString())
                .contains("older versions of Placed not tried: OLD_SCHEMA is not among the faults");
    }

    /** A test without this fault runs in thousands of schedules. */
    @Test
    void anArchiveIsReadOnlyWhereItIsAskedFor() {
        EventArchive archive = archive("no JSON", V2)
                .writtenBy(MAPPER::writeValueAsBytes, Placed.of("o-0", 1))
                .readBy(bytes -> MAPPER.readValue(bytes, Placed.class));

        assertThat(ScenarioRunner.of(REDELIVERY).explore(sends(archive))).isInstanceOf(Outcome.Passed.class);
        assertThat(refusal(archive)).endsWith("v1.json is no JSON.");
    }

    @Test
    void withoutAnOlderVersionThereIsNoPlace() {
        Outcome outcome = ScenarioRunner.of(OLD_SCHEMA)
                .explore(sends(archive(V1)
                        .writtenBy(MAPPER::writeValueAsBytes, Placed.of("o-0", 1))
                        .readBy(bytes -> MAPPER.readValue(bytes, Placed.class))));

        assertThat(outcome).isNotInstanceOf(Outcome.Passed.class);
    }
}
