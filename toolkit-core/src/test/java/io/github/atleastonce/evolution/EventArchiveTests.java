package io.github.atleastonce.evolution;

import static io.github.atleastonce.evolution.DeploymentOrder.CONSUMER_FIRST;
import static io.github.atleastonce.evolution.DeploymentOrder.EITHER_FIRST;
import static io.github.atleastonce.evolution.DeploymentOrder.NEITHER;
import static io.github.atleastonce.evolution.DeploymentOrder.PRODUCER_FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.atleastonce.run.UsageException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Producers and consumers of an event in JSON across its versions; each consumer that is wrong stands beside one that is right. */
class EventArchiveTests {

    private static final String ACCEPT = "atleastonce.evolution.accept";

    /** Passes over what it does not know. */
    private static final ObjectMapper TOLERANT = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final ObjectMapper STRICT = new ObjectMapper();

    record Line(String sku, int quantity) {}

    record Placed(String orderId, String customer, int amount, List<Line> lines) {}

    /** The next version, whose customer has another name, and which has a currency. */
    record Renamed(String orderId, String customerId, int amount, List<Line> lines, String currency) {}

    private static final Placed PLACED = new Placed("o-1", "c-1", 30, List.of(new Line("s-1", 2)));

    private static final String V1 =
            "{\"orderId\":\"o-1\",\"customer\":\"c-1\",\"amount\":30,\"lines\":[{\"sku\":\"s-1\",\"quantity\":2}]}";

    private static final String V2 = V1.replace("}]}", "}],\"currency\":\"EUR\"}");

    @TempDir
    Path directory;

    @AfterEach
    void stopAccepting() {
        System.clearProperty(ACCEPT);
    }

    private Path folder() {
        return directory.resolve("OrderPlaced");
    }

    private void archive(String... versions) throws IOException {
        Files.createDirectories(folder());
        for (int i = 0; i < versions.length; i++) {
            Files.writeString(folder().resolve("v" + (i + 1) + ".json"), versions[i]);
        }
    }

    private EventArchive orderPlaced() {
        return EventArchive.at(folder().toString());
    }

    private static EventArchive.Reader reading(ObjectMapper mapper, Class<?> type) {
        return bytes -> mapper.readValue(bytes, type);
    }

    private static String message(ThrowingCallable assertion) {
        Throwable[] thrown = new Throwable[1];
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).satisfies(failure -> thrown[0] = failure);
        return String.valueOf(thrown[0].getMessage());
    }

    private static UsageException refusal(ThrowingCallable assertion) {
        Throwable[] thrown = new Throwable[1];
        assertThatThrownBy(assertion).isInstanceOf(UsageException.class).satisfies(failure -> thrown[0] = failure);
        return (UsageException) thrown[0];
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // What the producer writes

    @Test
    void aProducerThatWritesWhatIsArchivedPasses() throws IOException {
        archive(
                "{ \"amount\": 30, \"lines\": [{\"sku\": \"s-1\", \"quantity\": 2}], \"customer\": \"c-1\",\"orderId\": \"o-1\"}");

        assertThat(orderPlaced().writtenBy(STRICT::writeValueAsBytes, PLACED)).holdsTodaysVersion();
    }

    @Test
    void aProducerThatHasChangedItsEventIsTold() throws IOException {
        archive(V1);
        Renamed renamed = new Renamed("o-1", "c-1", 30, List.of(new Line("s-1", 3)), "EUR");

        assertThat(message(() -> assertThat(orderPlaced().writtenBy(STRICT::writeValueAsBytes, renamed))
                        .holdsTodaysVersion()))
                .isEqualTo(
                        "Today's OrderPlaced is not that of OrderPlaced/v1.json: customer is gone, which was \"c-1\"; "
                                + "lines[0].quantity was 2 and is 3; customerId is new: \"c-1\"; currency is new: \"EUR\". "
                                + "-Datleastonce.evolution.accept=true adds it as OrderPlaced/v2.json; what is archived stays as it is, "
                                + "since such events may still lie on topics.");
    }

    @Test
    void anotherExampleIsToldFromAnotherEvent() throws IOException {
        archive(V1);
        Placed other = new Placed("o-2", "c-1", 30, PLACED.lines());

        assertThat(message(() -> assertThat(orderPlaced().writtenBy(STRICT::writeValueAsBytes, other))
                        .holdsTodaysVersion()))
                .contains(
                        "orderId was \"o-1\" and is \"o-2\". Its fields are the same: if only the example is another one,");
    }

    @Test
    void theFirstVersionIsWrittenWhenItIsAcceptedAndNotBefore() throws IOException {
        EventArchive archive = orderPlaced().writtenBy(STRICT::writeValueAsBytes, PLACED);

        assertThat(message(() -> assertThat(archive).holdsTodaysVersion()))
                .startsWith("No version of OrderPlaced is archived in ")
                .endsWith("-Datleastonce.evolution.accept=true adds it as OrderPlaced/v1.json.");
        assertThat(folder()).doesNotExist();

        System.setProperty(ACCEPT, "true");
        assertThat(archive).holdsTodaysVersion();
        System.clearProperty(ACCEPT);

        assertThat(archive).holdsTodaysVersion();
        assertThat(folder().resolve("v1.json")).hasContent("""
                {
                  "orderId": "o-1",
                  "customer": "c-1",
                  "amount": 30,
                  "lines": [
                    {
                      "sku": "s-1",
                      "quantity": 2
                    }
                  ]
                }
                """);
    }

    @Test
    void anotherVersionIsAddedAndNoneIsWrittenAgain() throws IOException {
        archive(V1, V2);
        System.setProperty(ACCEPT, "true");

        assertThat(orderPlaced().writtenBy(STRICT::writeValueAsBytes, PLACED)).holdsTodaysVersion();
        assertThat(orderPlaced().writtenBy(STRICT::writeValueAsBytes, PLACED)).holdsTodaysVersion();

        assertThat(folder()).isDirectoryContaining("glob:**v3.json").isDirectoryNotContaining("glob:**v4.json");
        assertThat(folder().resolve("v1.json")).hasContent(V1);
        assertThat(folder().resolve("v2.json")).hasContent(V2);
    }

    @Test
    void numbersAndTextsAreArchivedAsTheyWereWritten() throws IOException {
        System.setProperty(ACCEPT, "true");
        String written =
                "{\"price\":30.10,\"big\":12345678901234567890123,\"text\":\"é \\\"\\\\ \\n \\u0001\",\"none\":null,\"empty\":{}}";

        assertThat(orderPlaced().writtenBy(EventArchiveTests::utf8, written)).holdsTodaysVersion();
        System.clearProperty(ACCEPT);

        assertThat(orderPlaced().writtenBy(EventArchiveTests::utf8, written)).holdsTodaysVersion();
        assertThat(STRICT.readTree(folder().resolve("v1.json").toFile())).isEqualTo(STRICT.readTree(written));
        assertThat(folder().resolve("v1.json")).content().contains("30.10").contains("12345678901234567890123");
        assertThatThrownBy(() -> assertThat(
                                orderPlaced().writtenBy(EventArchiveTests::utf8, written.replace("30.10", "30.1")))
                        .holdsTodaysVersion())
                .isInstanceOf(AssertionError.class);
    }

    /** Whose prices are in another currency has another example, not other fields. */
    @Test
    void keysOfAMapWithinAListAreNoFields() throws IOException {
        archive("{\"lines\":[{\"prices\":{\"EUR\":3}}]}");
        EventArchive archive =
                orderPlaced().writtenBy(EventArchiveTests::utf8, "{\"lines\":[{\"prices\":{\"USD\":3}}]}");

        assertThat(message(() -> assertThat(archive).holdsTodaysVersion()))
                .contains("lines[0].prices.EUR is gone, which was 3; lines[0].prices.USD is new: 3. -D");
        assertThat(message(() -> assertThat(archive.maps("lines.prices")).holdsTodaysVersion()))
                .contains("lines[0].prices.USD is new: 3. Its fields are the same: if only the example is another one");
    }

    // What today's consumer reads

    @Test
    void aTolerantConsumerReadsEveryVersion() throws IOException {
        archive(V1, V2);

        assertThat(orderPlaced().readBy(reading(TOLERANT, Placed.class))).isReadInEveryVersion();
    }

    @Test
    void aConsumerThatRefusesWhatItDoesNotKnowIsFoundAtEachLevel() throws IOException {
        archive(V1);

        assertThat(message(() -> assertThat(orderPlaced().readBy(reading(STRICT, Placed.class)))
                        .isReadInEveryVersion()))
                .startsWith("2 things are wrong with OrderPlaced:")
                .contains(
                        "OrderPlaced/v1.json is not read with an unknown field 'addedLater', so no producer may ever add one: "
                                + "UnrecognizedPropertyException: Unrecognized field \"addedLater\"")
                .contains("OrderPlaced/v1.json is not read with an unknown field 'lines[0].addedLater'");
    }

    @Test
    void aConsumerThatCannotReadAnOldVersionIsFound() throws IOException {
        archive(V1, V1.replace("30", "{\"cents\":3000}"));
        record Money(int cents) {}
        record Priced(String orderId, Money amount) {}

        assertThat(message(() -> assertThat(orderPlaced().readBy(reading(TOLERANT, Priced.class)))
                        .isReadInEveryVersion()))
                .startsWith("OrderPlaced/v1.json is not read by today's consumer: MismatchedInputException: ");
    }

    /** Nothing is thrown: the order is booked for nobody. */
    @Test
    void aFieldThatGetsLostWithoutAWordIsFound() throws IOException {
        archive(V1, V1.replace("customer", "customerId"));
        record ByNewName(String orderId, String customerId, int amount) {}

        assertThat(message(() -> assertThat(orderPlaced().readBy(reading(TOLERANT, ByNewName.class)))
                        .isReadInEveryVersion()))
                .startsWith(
                        "OrderPlaced/v1.json is read by today's consumer, but customerId is null in it, which was c-1 when "
                                + "OrderPlaced/v2.json was read. Let it take the field from where it is");
    }

    @Test
    void aFieldThatIsReadByBothNamesPasses() throws IOException {
        archive(V1, V1.replace("customer", "customerId"));
        record ByBothNames(
                String orderId, @JsonAlias("customer") String customerId, int amount) {}

        assertThat(orderPlaced().readBy(reading(TOLERANT, ByBothNames.class))).isReadInEveryVersion();
    }

    @Test
    void aNumberThatGetsLostIsFoundWithinAList() throws IOException {
        archive(V1.replace("quantity", "count"), V1);

        assertThat(message(() -> assertThat(orderPlaced().readBy(reading(TOLERANT, Placed.class)))
                        .isReadInEveryVersion()))
                .contains("OrderPlaced/v1.json")
                .contains("lines.quantity is 0 in it, which was 2");
    }

    record Sound(
            String orderId,
            String customer,
            @Nullable String currency,
            Optional<String> note,
            boolean express,
            String kind) {

        Sound {
            kind = kind == null ? "standard" : kind;
        }
    }

    @Test
    void whatAConsumerDoesWithoutIsNotLost() throws IOException {
        archive(
                "{\"orderId\":\"o-1\",\"customer\":\"c-1\",\"express\":false}",
                "{\"orderId\":\"o-1\",\"customer\":\"c-1\",\"express\":true,\"currency\":\"EUR\",\"note\":\"n\",\"kind\":\"gift\"}");

        assertThat(orderPlaced().readBy(bytes -> {
                    Map<?, ?> read = STRICT.readValue(bytes, Map.class);
                    return new Sound(
                            (String) read.get("orderId"),
                            (String) read.get("customer"),
                            (String) read.get("currency"),
                            Optional.ofNullable((String) read.get("note")),
                            (boolean) read.get("express"),
                            (String) read.get("kind"));
                }))
                .isReadInEveryVersion();
    }

    @Test
    void anOptionalFieldIsTakenAway() throws IOException {
        archive(V2);
        EventArchive archive = orderPlaced().readBy(bytes -> {
            Map<?, ?> read = STRICT.readValue(bytes, Map.class);
            return List.of(read.get("orderId"), read.get("currency"));
        });

        assertThat(archive).isReadInEveryVersion();
        assertThat(message(() -> assertThat(archive.optional("currency")).isReadInEveryVersion()))
                .startsWith("OrderPlaced/v1.json is not read without the optional currency: NullPointerException");
        assertThat(orderPlaced().optional("currency", "$.lines[0].quantity").readBy(reading(TOLERANT, Placed.class)))
                .isReadInEveryVersion();
    }

    @Test
    void aMapHasKeysAndNoFields() throws IOException {
        archive("{\"prices\":{\"EUR\":{\"net\":3},\"USD\":{\"net\":4}}}");
        record Price(int net) {}
        record Priced(Map<Currency, Price> prices) {}
        EventArchive archive = orderPlaced().readBy(reading(TOLERANT, Priced.class));

        assertThatThrownBy(() -> assertThat(archive).isReadInEveryVersion()).isInstanceOf(AssertionError.class);
        assertThat(archive.maps("prices")).isReadInEveryVersion();
        assertThatThrownBy(() -> assertThat(orderPlaced().maps("prices").readBy(reading(STRICT, Priced.class)))
                        .isReadInEveryVersion())
                .hasMessageContaining("'prices.EUR.addedLater'");
    }

    enum Currency {
        EUR,
        USD
    }

    // What shows nothing

    @Test
    void whatShowsNothingIsRefused() throws IOException {
        assertThat(refusal(() -> assertThat(orderPlaced()).holdsTodaysVersion()))
                .hasMessageContaining("does not know how today's producer writes: writtenBy(");
        assertThat(refusal(() -> assertThat(orderPlaced()).isReadInEveryVersion()))
                .hasMessageContaining("does not know how today's consumer reads: readBy(");
        EventArchive tolerant = orderPlaced().readBy(reading(TOLERANT, Placed.class));
        assertThat(refusal(() -> assertThat(tolerant).isReadInEveryVersion()))
                .hasMessageStartingWith("No version of OrderPlaced is archived in ");
        archive(V1);
        for (EventArchive.Reader blind : List.<EventArchive.Reader>of(
                bytes -> PLACED, bytes -> new String(bytes, StandardCharsets.UTF_8), bytes -> bytes)) {
            assertThat(refusal(() -> assertThat(orderPlaced().readBy(blind)).isReadInEveryVersion()))
                    .hasMessageStartingWith("readBy(…) of OrderPlaced does not read");
        }
        assertThat(message(() -> assertThat(orderPlaced().readBy(bytes -> null)).isReadInEveryVersion()))
                .isEqualTo("OrderPlaced/v1.json is not read by today's consumer: null came of it.");
        assertThat(refusal(() -> assertThat(tolerant).mayBeDeployed(NEITHER)))
                .hasMessageContaining("somebody goes first");
        Files.writeString(folder().resolve("v3.json"), V1);
        assertThat(refusal(() -> assertThat(tolerant).isReadInEveryVersion()))
                .hasMessageContaining("Between v1 and v3 of OrderPlaced a version is missing");
        Files.move(folder().resolve("v3.json"), folder().resolve("version-2.json"));
        assertThat(refusal(() -> assertThat(tolerant).isReadInEveryVersion()))
                .hasMessageContaining("files are named v1.json, v2.json and so on");
        Files.delete(folder().resolve("version-2.json"));
        Files.writeString(folder().resolve("v2.json"), "order placed");
        assertThat(refusal(() -> assertThat(tolerant).isReadInEveryVersion()))
                .hasMessageEndingWith("v2.json is no JSON.");
    }

    /** The text comes from a field, so what is no JSON is not taken for an event. */
    @Test
    void aConsumerMayReadATextFromAnEvent() throws IOException {
        archive(V1, V2);
        EventArchive archive = orderPlaced();

        assertThat(archive.readBy(
                        bytes -> TOLERANT.readTree(bytes).required("orderId").asText()))
                .isReadInEveryVersion()
                .mayBeDeployed(EITHER_FIRST);
        assertThat(message(() -> assertThat(archive.readBy(bytes ->
                                TOLERANT.readTree(bytes).required("currency").asText()))
                        .isReadInEveryVersion()))
                .contains("OrderPlaced/v1.json is not read by today's consumer");
    }

    private EventArchive blindToday() {
        return orderPlaced().readBy(bytes -> PLACED);
    }

    @Test
    void aBlindConsumerMayNotBeDeployed() throws IOException {
        archive(V1, V2);

        assertThat(refusal(() -> assertThat(blindToday()).mayBeDeployed(EITHER_FIRST)))
                .hasMessageStartingWith("readBy(…) of OrderPlaced does not read");
    }

    @Test
    void aBlindConsumerHasNoDeploymentOrder() throws IOException {
        archive(V1);

        assertThat(refusal(() -> blindToday().deploymentOrder()))
                .hasMessageStartingWith("readBy(…) of OrderPlaced does not read");
    }

    @Test
    void aBlindConsumerOfYesterdayIsRefused() throws IOException {
        archive(V1, V2);
        EventArchive blind = orderPlaced().formerlyReadBy(bytes -> PLACED);

        assertThat(refusal(() -> assertThat(blind).isReadByYesterdaysConsumer()))
                .hasMessageStartingWith("formerlyReadBy(…) of OrderPlaced does not read");
        assertThat(orderPlaced().formerlyReadBy(reading(TOLERANT, Placed.class)))
                .isReadByYesterdaysConsumer();
    }

    // What yesterday's consumer reads, and who goes first

    @Test
    void aFieldThatIsAddedIsReadByYesterdaysConsumer() throws IOException {
        archive(V1, V2);

        assertThat(orderPlaced()).isReadByYesterdaysConsumer();
        assertThat(orderPlaced().readBy(reading(TOLERANT, Placed.class))).mayBeDeployed(EITHER_FIRST);
    }

    @Test
    void aFieldThatIsTakenAwayIsNot() throws IOException {
        archive(V2, V1);

        assertThat(message(() -> assertThat(orderPlaced()).isReadByYesterdaysConsumer()))
                .isEqualTo("OrderPlaced/v2.json does not suit yesterday's consumer, which knows OrderPlaced/v1.json: "
                        + "currency is gone, which was \"EUR\".");
        assertThat(orderPlaced().optional("currency")).isReadByYesterdaysConsumer();
    }

    @Test
    void aFieldOfAnotherKindIsNot() throws IOException {
        archive(V1, V1.replace("30", "\"30\"").replace("2}", "null}"));

        assertThat(message(() -> assertThat(orderPlaced()).isReadByYesterdaysConsumer()))
                .contains("amount is a text, \"30\", which was a whole number, 30")
                .contains("lines.quantity is null, which was 2");
    }

    @Test
    void wholeNumbersAreReadAsFractionsAndNotTheOtherWayRound() throws IOException {
        archive(V1.replace("30", "30.5"), V1);
        assertThat(orderPlaced()).isReadByYesterdaysConsumer();

        archive(V1, V1.replace("30", "30.5"));
        assertThatThrownBy(() -> assertThat(orderPlaced()).isReadByYesterdaysConsumer())
                .hasMessageContaining("amount is a fraction, 30.5, which was a whole number, 30");
    }

    @Test
    void yesterdaysOwnReaderDecides() throws IOException {
        archive(V1, V2);
        EventArchive archive = orderPlaced().readBy(reading(TOLERANT, Placed.class));

        assertThat(archive.formerlyReadBy(reading(TOLERANT, Placed.class))).mayBeDeployed(EITHER_FIRST);
        assertThat(archive.formerlyReadBy(reading(STRICT, Placed.class)).deploymentOrder())
                .isEqualTo(CONSUMER_FIRST);
        assertThat(message(() -> assertThat(archive.formerlyReadBy(reading(STRICT, Placed.class)))
                        .mayBeDeployed(PRODUCER_FIRST)))
                .startsWith("OrderPlaced may be deployed consumers first, but not producers first:\n"
                        + "  OrderPlaced/v2.json is not read by yesterday's consumer: UnrecognizedPropertyException");
    }

    @Test
    void aNewFieldThatTheConsumerNeedsLetsProducersGoFirst() throws IOException {
        archive(V1, V2);
        record Needs(String orderId, String customer, String currency) {

            Needs {
                currency = currency.strip();
            }
        }

        EventArchive archive = orderPlaced().readBy(reading(TOLERANT, Needs.class));

        assertThat(archive).mayBeDeployed(PRODUCER_FIRST);
        assertThat(message(() -> assertThat(archive).mayBeDeployed(CONSUMER_FIRST)))
                .startsWith("OrderPlaced may be deployed producers first, but not consumers first:\n"
                        + "  OrderPlaced/v1.json is not read by today's consumer: ValueInstantiationException");
    }

    @Test
    void aRenamedFieldLetsNobodyGoFirst() throws IOException {
        archive(V1, V1.replace("customer", "customerId"));
        record ByNewName(String orderId, String customerId, BigDecimal amount) {}

        assertThat(message(() -> assertThat(orderPlaced().readBy(reading(TOLERANT, ByNewName.class)))
                        .mayBeDeployed(CONSUMER_FIRST)))
                .startsWith("Neither side of OrderPlaced may be deployed first:")
                .contains("customerId is null in it")
                .contains("customer is gone, which was \"c-1\"")
                .endsWith("Let a version in between have both forms, until nobody needs the old one.");
    }

    @Test
    void theFirstVersionIsDeployedAsYouLike() throws IOException {
        archive(V1);

        assertThat(orderPlaced().readBy(reading(TOLERANT, Placed.class)))
                .isReadByYesterdaysConsumer()
                .mayBeDeployed(EITHER_FIRST);
    }
}
