package io.github.atleastonce.evolution;

import static io.github.atleastonce.evolution.DeploymentOrder.EITHER_FIRST;
import static io.github.atleastonce.schedule.Fault.OLD_SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of a class that Avro has generated: it has the name of every version, and the fields of today's. */
class AvroGeneratedTests {

    private static final String AMOUNT = "{\"name\":\"amount\",\"type\":\"int\"},";
    private static final String ORDER = "{\"name\":\"orderId\",\"type\":\"string\"}";
    private static final String CURRENCY = "{\"name\":\"currency\",\"type\":\"string\",\"default\":\"EUR\"},";

    private static final String V1 = schema(AMOUNT + ORDER);

    /** Its first field is the new one, so that the old ones are at other places. */
    private static final String V2 = schema(CURRENCY + AMOUNT + ORDER);

    private static String schema(String fields) {
        return "{\"type\":\"record\",\"name\":\"Placed\",\"namespace\":\"io.github.atleastonce.evolution.AvroGeneratedTests\","
                + "\"fields\":[" + fields + "]}";
    }

    /** As Avro generates it. */
    public static final class Placed extends SpecificRecordBase {

        private static final long serialVersionUID = 1L;

        public static final Schema SCHEMA$ = new Schema.Parser().parse(V2);

        private @Nullable CharSequence currency;
        private int amount;
        private @Nullable CharSequence orderId;

        /** For Avro. */
        public Placed() {}

        Placed(String orderId, String currency) {
            this.orderId = orderId;
            this.currency = currency;
        }

        @Override
        public Schema getSchema() {
            return SCHEMA$;
        }

        @Override
        public @Nullable Object get(int field) {
            return field == 0 ? currency : field == 1 ? (Object) amount : orderId;
        }

        @Override
        public void put(int field, Object value) {
            if (field == 0) {
                currency = (CharSequence) value;
            } else if (field == 1) {
                amount = (int) value;
            } else {
                orderId = (CharSequence) value;
            }
        }
    }

    private static final ClassSecurityPredicate TRUSTED = ClassSecurityValidator.getGlobal();

    @TempDir
    Path directory;

    /** Avro wants generated classes to be trusted by who uses them. */
    @BeforeAll
    static void trust() {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(TRUSTED, type -> type.equals(Placed.class)));
    }

    @AfterAll
    static void trustNoMore() {
        ClassSecurityValidator.setGlobal(TRUSTED);
    }

    private AvroArchive archive() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("Placed"));
        Files.writeString(folder.resolve("v1.avsc"), V1);
        Files.writeString(folder.resolve("v1.json"), "{\"amount\":30,\"orderId\":\"o-0\"}");
        Files.writeString(folder.resolve("v2.avsc"), V2);
        Files.writeString(folder.resolve("v2.json"), "{\"currency\":\"USD\",\"amount\":30,\"orderId\":\"o-0\"}");
        return AvroArchive.at(folder.toString())
                .writtenBy(new Placed("o-0", "USD"))
                .readBy(Placed.SCHEMA$);
    }

    @Test
    void yesterdaysSchemaIsNotReadIntoTodaysClass() throws IOException {
        assertThat(archive())
                .holdsTodaysVersion()
                .isReadInEveryVersion()
                .isReadByYesterdaysConsumer()
                .mayBeDeployed(EITHER_FIRST);
    }

    private Outcome explore(String expected) throws IOException {
        AvroArchive archive = archive();
        return ScenarioRunner.of(OLD_SCHEMA)
                .within(Bounds.DEFAULT.withMaxFaults(1))
                .explore(scenario -> {
                    archive.olderReleasesSendTo(scenario, "orders");
                    List<String> got = new ArrayList<>();
                    scenario.consumer(
                            "books", "orders", Placed.class, order -> got.add(order.orderId + " " + order.currency));
                    scenario.channel("orders").send("o-1", new Placed("o-1", "USD"));
                    scenario.settle();
                    assertThat(got).hasSize(1).allMatch(order -> order.matches("o-1 (" + expected + ")"));
                });
    }

    @Test
    void anOldRecordIsReadIntoTodaysClass() throws IOException {
        assertThat(Explored.token(explore("USD"))).isEqualTo("1:old_schema(orders[k1],v1)");
        assertThat(explore("USD|EUR")).isInstanceOf(Outcome.Passed.class);
    }
}
