package io.github.atleastonce.evolution;

import static io.github.atleastonce.evolution.DeploymentOrder.CONSUMER_FIRST;
import static io.github.atleastonce.evolution.DeploymentOrder.EITHER_FIRST;
import static io.github.atleastonce.evolution.DeploymentOrder.PRODUCER_FIRST;
import static io.github.atleastonce.schedule.Fault.OLD_SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Producers and consumers of an event in Avro across its versions. */
class AvroArchiveTests {

    private static final String ACCEPT = "atleastonce.evolution.accept";

    private static final Schema V1 = schema(
            "{\"name\":\"orderId\",\"type\":\"string\"},{\"name\":\"lines\",\"type\":{\"type\":\"array\",\"items\":"
                    + "{\"type\":\"record\",\"name\":\"Line\",\"fields\":[{\"name\":\"sku\",\"type\":\"string\"}]}}}");

    /** Adds a field with a default, as one should. */
    private static final Schema WITH_DEFAULT =
            schema(fields(V1) + ",{\"name\":\"currency\",\"type\":\"string\",\"default\":\"EUR\"}");

    private static final Schema WITHOUT_DEFAULT = schema(fields(V1) + ",{\"name\":\"currency\",\"type\":\"string\"}");

    private static final Schema WITHOUT_LINES = schema("{\"name\":\"orderId\",\"type\":\"string\"}");

    @TempDir
    Path directory;

    private static Schema schema(String fields) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"OrderPlaced\",\"namespace\":\"shop\",\"fields\":[" + fields
                        + "]}");
    }

    private static String fields(Schema schema) {
        String text = schema.toString();
        return text.substring(text.indexOf("\"fields\":[") + "\"fields\":[".length(), text.length() - "]}".length());
    }

    private static GenericRecord placed(Schema schema, String orderId) {
        GenericRecordBuilder builder = new GenericRecordBuilder(schema).set("orderId", orderId);
        if (schema.getField("lines") != null) {
            Schema lines = schema.getField("lines").schema();
            builder.set(
                    "lines",
                    new GenericData.Array<>(
                            lines,
                            List.of(new GenericRecordBuilder(lines.getElementType())
                                    .set("sku", "s-1")
                                    .build())));
        }
        if (schema.getField("currency") != null) {
            builder.set("currency", "USD");
        }
        return builder.build();
    }

    @AfterEach
    void stopAccepting() {
        System.clearProperty(ACCEPT);
    }

    private Path folder() {
        return directory.resolve("OrderPlaced");
    }

    /** Archives examples as a team would: one release after the other. */
    private AvroArchive archive(Schema... versions) {
        AvroArchive archive = AvroArchive.at(folder().toString());
        System.setProperty(ACCEPT, "true");
        for (Schema version : versions) {
            assertThat(archive.writtenBy(placed(version, "o-0"))).holdsTodaysVersion();
        }
        System.clearProperty(ACCEPT);
        return archive;
    }

    @Test
    void aSchemaThatHasChangedIsTold() {
        AvroArchive archive = archive(V1);

        assertThat(archive.writtenBy(placed(V1, "o-9"))).holdsTodaysVersion();
        assertThatThrownBy(() -> assertThat(archive.writtenBy(placed(WITH_DEFAULT, "o-0")))
                        .holdsTodaysVersion())
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "Today's schema of OrderPlaced is not that of OrderPlaced/v1.avsc: currency is new: string with the default EUR. "
                                + "-Datleastonce.evolution.accept=true adds it as OrderPlaced/v2.avsc; what is archived stays as it is, since such "
                                + "events may still lie on topics.");
        assertThatThrownBy(() -> assertThat(archive.writtenBy(placed(WITHOUT_LINES, "o-0")))
                        .holdsTodaysVersion())
                .hasMessageContaining("lines is gone, which was array of Line; lines.sku is gone, which was string");
    }

    @Test
    void aVersionIsItsSchemaAndAnExample() throws IOException {
        archive(V1, WITH_DEFAULT);

        assertThat(new Schema.Parser().parse(folder().resolve("v1.avsc").toFile()))
                .isEqualTo(V1);
        assertThat(folder().resolve("v2.avsc")).content().contains("\n  \"name\": \"OrderPlaced\",\n");
        assertThat(folder().resolve("v2.json")).content().contains("\"currency\" : \"USD\"");
    }

    @Test
    void anExampleThatCannotBeWrittenAddsNothing() {
        GenericRecord wrong = placed(V1, "o-0");
        wrong.put("orderId", 1);
        System.setProperty(ACCEPT, "true");

        assertThatThrownBy(() -> assertThat(AvroArchive.at(folder().toString()).writtenBy(wrong))
                        .holdsTodaysVersion())
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("The example cannot be written as JSON: ");
        assertThat(folder().resolve("v1.avsc")).doesNotExist();
    }

    @Test
    void aFileThatIsThereIsNotWrittenAgain() throws IOException {
        archive(V1);
        Files.writeString(folder().resolve("v2.json"), "of another archive");
        System.setProperty(ACCEPT, "true");

        assertThatThrownBy(() -> assertThat(AvroArchive.at(folder().toString()).writtenBy(placed(WITH_DEFAULT, "o-0")))
                        .holdsTodaysVersion())
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("The version cannot be added: ")
                .hasMessageEndingWith("v2.json is there already, and no file of an archive is written again.");
        assertThat(folder().resolve("v2.json")).hasContent("of another archive");
        assertThat(folder().resolve("v2.avsc")).doesNotExist();
    }

    @Test
    void aFieldWithADefaultLetsEitherSideGoFirst() {
        AvroArchive archive = archive(V1, WITH_DEFAULT).readBy(WITH_DEFAULT);

        assertThat(archive).isReadInEveryVersion().isReadByYesterdaysConsumer().mayBeDeployed(EITHER_FIRST);
    }

    @Test
    void aFieldWithoutOneLetsProducersGoFirst() {
        AvroArchive archive = archive(V1, WITHOUT_DEFAULT).readBy(WITHOUT_DEFAULT);

        assertThatThrownBy(() -> assertThat(archive).isReadInEveryVersion())
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "OrderPlaced/v1.avsc is not read by today's consumer: it needs the field currency, which is not there and has no "
                                + "default (/fields/2).");
        assertThat(archive.deploymentOrder()).isEqualTo(PRODUCER_FIRST);
    }

    @Test
    void aFieldThatIsGoneLetsConsumersGoFirst() {
        AvroArchive archive = archive(V1, WITHOUT_LINES).readBy(WITHOUT_LINES);

        assertThat(archive).isReadInEveryVersion().mayBeDeployed(CONSUMER_FIRST);
        assertThatThrownBy(() -> assertThat(archive).mayBeDeployed(EITHER_FIRST))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("OrderPlaced may be deployed consumers first, but not either side first:")
                .hasMessageContaining(
                        "OrderPlaced/v2.avsc is not read by yesterday's consumer: it needs the field lines");
        assertThat(archive.formerlyReadBy(WITHOUT_LINES).deploymentOrder()).isEqualTo(EITHER_FIRST);
    }

    @Test
    void anExampleThatIsNoneIsRefusedAndOneThatIsMissingIsNotNeeded() throws IOException {
        AvroArchive archive = archive(V1).readBy(V1);
        Files.writeString(folder().resolve("v1.json"), "{\"orderId\":1}");
        assertThatThrownBy(() -> assertThat(archive).isReadInEveryVersion())
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("The example beside OrderPlaced/v1.avsc is none of its schema");

        Files.delete(folder().resolve("v1.json"));
        assertThat(archive).isReadInEveryVersion().mayBeDeployed(EITHER_FIRST);
        assertThatThrownBy(() -> assertThat(AvroArchive.at(folder().toString())).isReadInEveryVersion())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("by which schema today's consumer reads");
        assertThatThrownBy(() -> assertThat(AvroArchive.at(folder().toString())).holdsTodaysVersion())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("what today's producer writes");
    }

    /** An order without a currency counts as one in the default's: who takes all for dollars is wrong. */
    private static Outcome explore(AvroArchive archive, String expected) {
        return ScenarioRunner.of(OLD_SCHEMA)
                .within(Bounds.DEFAULT.withMaxFaults(1))
                .explore(scenario -> {
                    archive.olderReleasesSendTo(scenario, "orders");
                    List<String> currencies = new ArrayList<>();
                    scenario.consumer("books", "orders", GenericRecord.class, order -> {
                        assertThat((String) order.get("orderId")).isEqualTo("o-1");
                        currencies.add((String) order.get("currency"));
                    });
                    scenario.channel("orders").send("o-1", placed(WITH_DEFAULT, "o-1"));
                    scenario.settle();
                    assertThat(currencies).hasSize(1).allMatch(currency -> currency.matches(expected));
                });
    }

    @Test
    void anOldRecordComesBetweenNewOnes() {
        AvroArchive archive = archive(V1, WITH_DEFAULT);

        assertThat(Explored.token(explore(archive, "USD"))).isEqualTo("1:old_schema(orders[k1],v1)");
        assertThat(explore(archive, "USD|EUR")).isInstanceOf(Outcome.Passed.class);
    }
}
