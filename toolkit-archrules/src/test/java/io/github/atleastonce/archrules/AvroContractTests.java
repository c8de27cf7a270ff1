package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.model.Compatibility;
import io.github.atleastonce.archrules.rules.ContractRules;
import io.github.atleastonce.archrules.rules.RuleSet;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.compiler.specific.SpecificCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event contracts of classes that Avro's own compiler generates, of schemas in the code, and of schema files. */
class AvroContractTests {

    static final String ACCEPTED = """
            {"type": "record", "name": "OrderPlaced", "namespace": "shop.order", "fields": [
              {"name": "orderId", "type": "string"},
              {"name": "total", "type": "int"},
              {"name": "note", "type": "string", "default": ""},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "status", "type": {"type": "enum", "name": "Status", "symbols": ["OPEN", "CLOSED"]}},
              {"name": "customer", "type": ["null", {"type": "record", "name": "Customer", "fields": [
                {"name": "name", "type": "string"}]}], "default": null}]}
            """;

    static final String SERVICE = """
            package shop.order;
            public class OrderService {
                org.springframework.kafka.core.KafkaTemplate<String, Object> kafka;
                public void place(OrderPlaced event) { kafka.send("orders", event); }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void theAcceptedSchemaIsKept() throws IOException {
        Path baseline = accept(ACCEPTED);

        assertThat(Files.readString(baseline)).contains("""
                OrderPlaced
                  | {
                  |   "type" : "record",
                  |   "name" : "OrderPlaced",
                """);
        assertThat(check(ACCEPTED, baseline, Compatibility.FULL).isFailure()).isFalse();
    }

    @Test
    void aGeneratedClassIsComparedByItsSchema() {
        Path baseline = accept(ACCEPTED);

        Report report = check(
                ACCEPTED.replace("\"orderId\"", "\"id\"")
                        .replace(
                                "{\"name\": \"total\", \"type\": \"int\"},",
                                "{\"name\": \"total\", \"type\": \"string\"},")
                        .replace("timestamp-millis", "timestamp-micros")
                        .replace("\"OPEN\", ", "")
                        .replace(
                                "{\"name\": \"name\", \"type\": \"string\"}", "{\"name\": \"age\", \"type\": \"int\"}"),
                baseline,
                Compatibility.FULL);

        assertThat(report.result("event_contracts_should_stay_compatible")
                        .orElseThrow()
                        .fresh())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.headline()).isEqualTo("event OrderPlaced");
                    assertThat(violation.details())
                            .containsExactlyInAnyOrder(
                                    "renamed orderId → id (perhaps): readers of the accepted schema find no orderId",
                                    "retyped total: int → string",
                                    "retyped at: long(timestamp-millis) → long(timestamp-micros)",
                                    "removed status=OPEN: there is no default symbol",
                                    "removed customer.name: string, which had no default",
                                    "newly required customer.age: int, which has no default");
                });
    }

    @Test
    void whatAvroReadsIsNoBreak() {
        Path baseline = accept(ACCEPTED);
        String evolved = ACCEPTED.replace(
                        "{\"name\": \"note\", \"type\": \"string\", \"default\": \"\"},",
                        "{\"name\": \"remark\", \"type\": \"string\", \"aliases\": [\"note\"], \"default\": \"\"},")
                .replace(
                        "\"fields\": [\n",
                        "\"doc\": \"told when paid\", \"fields\": [\n"
                                + "{\"name\": \"channel\", \"type\": [\"null\", \"string\"], \"default\": null},\n");

        assertThat(check(evolved, baseline, Compatibility.FULL).message()).isEmpty();
    }

    @Test
    void thePromotionOfATypeIsLegalForThoseWhoReadStoredMessages() {
        Path baseline = accept(ACCEPTED);
        String promoted = ACCEPTED.replace("\"int\"", "\"long\"");

        assertThat(check(promoted, baseline, Compatibility.BACKWARD).message()).isEmpty();
        assertThat(check(promoted, baseline, Compatibility.FULL).message())
                .contains("retyped total: int → long: readers of the accepted schema cannot read it");
    }

    @Test
    void aSchemaTooLongForOneConstantIsPutTogether() {
        String doc = "told at length ".repeat(200);
        String fields = IntStream.range(0, 30)
                .mapToObj(i -> "{\"name\": \"field" + i + "\", \"type\": \"string\", \"default\": \"\", \"doc\": \""
                        + doc + "\"}")
                .collect(Collectors.joining(",\n"));
        String wide = ACCEPTED.replace("\"fields\": [\n", "\"fields\": [\n" + fields + ",\n");
        Path baseline = accept(wide);

        assertThat(check(wide.replace("\"int\"", "\"string\""), baseline, Compatibility.FULL)
                        .message())
                .contains("retyped total: int → string");
    }

    @Test
    void aClassIsAsGeneratedByOlderCompilers() {
        assertThatAClassIsRead("parse(\"%s\")".formatted(literal(ACCEPTED)));
    }

    @Test
    void theTextOfAClassIsInTwoConstants() {
        int half = ACCEPTED.indexOf("\"fields\"");

        assertThatAClassIsRead("parse(\"%s\", \"%s\")"
                .formatted(literal(ACCEPTED.substring(0, half)), literal(ACCEPTED.substring(half))));
    }

    private void assertThatAClassIsRead(String call) {
        String service = SERVICE + """
                package shop.order;
                public class OrderPlaced extends org.apache.avro.specific.SpecificRecordBase {
                    public static final org.apache.avro.Schema SCHEMA$ =
                            new org.apache.avro.Schema.Parser().%s;
                    public org.apache.avro.Schema getSchema() { return SCHEMA$; }
                    public Object get(int field) { return null; }
                    public void put(int field, Object value) {}
                }
                """;
        Path baseline = directory.resolve("contracts.txt");
        run(sources(service.formatted(call)), baseline, Compatibility.FULL, "contracts");

        Report report = run(sources(service.formatted(call.replace("int", "string"))), baseline, Compatibility.FULL);

        assertThat(report.message()).contains("event OrderPlaced").contains("retyped total: int → string");
    }

    @Test
    void aSchemaInTheCodeIsAContract() throws IOException {
        String publisher = """
                package shop.order;
                public class OrderPublisher {
                    static final org.apache.avro.Schema PLACED = new org.apache.avro.Schema.Parser().parse("%s");
                    org.apache.kafka.clients.producer.Producer<String, org.apache.avro.generic.GenericRecord> producer;
                    public void place() {
                        producer.send(new org.apache.kafka.clients.producer.ProducerRecord<>(
                                "orders", new org.apache.avro.generic.GenericData.Record(PLACED)));
                    }
                }
                """;
        Path baseline = directory.resolve("contracts.txt");
        run(sources(publisher.formatted(literal(ACCEPTED))), baseline, Compatibility.FULL, "contracts");
        assertThat(Files.readString(baseline))
                .contains("\nshop.order.OrderPlaced\n")
                .doesNotContain("\nshop.order.Customer");

        String changed = literal(ACCEPTED.replace("\"int\"", "\"string\""));
        assertThat(run(sources(publisher.formatted(changed)), baseline, Compatibility.FULL)
                        .message())
                .contains("event shop.order.OrderPlaced")
                .contains("retyped total: int → string");

        String copy = publisher.formatted(changed)
                + publisher.formatted(literal(ACCEPTED)).replace("OrderPublisher", "OrderMirror");
        assertThat(run(sources(copy), baseline, Compatibility.FULL).message())
                .as("of two that differ, nobody knows which is meant")
                .isEmpty();
    }

    @Test
    void schemaFilesAreContracts() throws IOException {
        Path files = Files.createDirectories(directory.resolve("avro/nested"));
        Path placed = Files.writeString(
                files.resolve("a-order-placed.avsc"),
                "{\"type\":\"record\",\"name\":\"OrderPlaced\",\"namespace\":\"shop.order\",\"fields\":"
                        + "[{\"name\":\"total\",\"type\":\"shop.order.Money\"}]}");
        Path money = Files.writeString(
                files.resolve("b-money.avsc"),
                "{\"type\":\"record\",\"name\":\"Money\",\"namespace\":\"shop.order\",\"fields\":"
                        + "[{\"name\":\"cents\",\"type\":\"long\"}]}");
        Path baseline = directory.resolve("contracts.txt");
        List<Path> sources = sources("package shop.order;\npublic class OrderService {}\n");
        runWithFiles(sources, files.getParent(), baseline, "contracts");
        assertThat(runWithFiles(sources, files.getParent(), baseline).message()).isEmpty();

        Files.writeString(money, Files.readString(money).replace("long", "string"));
        assertThat(runWithFiles(sources, files.getParent(), baseline).message())
                .contains("event shop.order.OrderPlaced")
                .contains("retyped total.cents: long → string");

        Files.delete(placed);
        assertThat(runWithFiles(sources, files.getParent(), baseline).message()).contains("removed the event");

        Files.writeString(money, "{\"type\":\"record\"}");
        assertThatThrownBy(() -> runWithFiles(sources, files.getParent(), baseline))
                .hasMessageContaining("avroSchemas(…) wants files that Avro can read")
                .hasMessageContaining("b-money.avsc");
        assertThatThrownBy(() -> runWithFiles(sources, directory.resolve("nowhere"), baseline))
                .hasMessageContaining("avroSchemas(…) wants a directory with .avsc files");
    }

    @Test
    void anEventThatIsNoLongerAvroIsABreak() {
        Path baseline = accept(ACCEPTED);
        Report report = run(
                sources(SERVICE + "package shop.order;\npublic record OrderPlaced(String orderId) {}\n"),
                baseline,
                Compatibility.FULL);
        assertThat(report.message())
                .contains("retyped the event: its accepted contract is an Avro schema, and it has none any more");
    }

    @Test
    void aBaselineFromBeforeAvroIsComparedByFields() throws IOException {
        Path baseline = Files.writeString(
                directory.resolve("contracts.txt"), "OrderPlaced\n  orderId: string\n  gone: boolean\n");
        assertThat(check(ACCEPTED, baseline, Compatibility.FULL).message()).contains("removed gone: boolean");
    }

    @Test
    void withoutAvroNothingBreaksAndAnAvroBaselineSaysWhatIsMissing() throws Exception {
        Path withAvro = accept(ACCEPTED);
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("avro")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> check = loader.loadClass(WithoutAvro.class.getName());
            Method method = check.getDeclaredMethod("check", Path.class, Path.class);
            method.setAccessible(true);
            String said = (String) method.invoke(null, directory.resolve("without"), withAvro);
            assertThat(said)
                    .contains("accepted, then: []")
                    .contains(
                            "its accepted contract is an Avro schema, and org.apache.avro:avro is not on the class path");
        }
    }

    private Path accept(String schema) {
        Path baseline = directory.resolve("contracts.txt");
        run(generated(schema), baseline, Compatibility.FULL, "contracts");
        return baseline;
    }

    private Report check(String schema, Path baseline, Compatibility wanted) {
        return run(generated(schema), baseline, wanted);
    }

    private Report run(List<Path> sources, Path baseline, Compatibility wanted, String... accepted) {
        return run(Architecture.of("shop").contextPerPackage().contractBaseline(baseline, wanted), sources, accepted);
    }

    private Report runWithFiles(List<Path> sources, Path files, Path baseline, String... accepted) {
        return run(
                Architecture.of("shop")
                        .contextPerPackage()
                        .contractBaseline(baseline)
                        .avroSchemas(files),
                sources,
                accepted);
    }

    private Report run(Architecture architecture, List<Path> sources, String... accepted) {
        try {
            return ArchitectureCheck.of(architecture)
                    .rules(RuleSet.of(ContractRules.EVENT_CONTRACTS_SHOULD_STAY_COMPATIBLE))
                    .run(
                            new ClassFileImporter()
                                    .importPath(
                                            Fixture.compile(sources, Files.createTempDirectory(directory, "classes"))),
                            new Surroundings(false, Set.of(accepted)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> generated(String schema) {
        try {
            Path to = Files.createTempDirectory(directory, "generated");
            SpecificCompiler compiler = new SpecificCompiler(new Schema.Parser().parse(schema));
            compiler.setOutputCharacterEncoding("UTF-8");
            compiler.compileToDestination(null, to.toFile());
            List<Path> sources = sources(SERVICE);
            try (Stream<Path> files = Files.walk(to)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> sources(String text) {
        try {
            return new ArrayList<>(new Fixture(Path.of("avro"), text, Idiom.SPRING_KAFKA)
                    .sourcesIn(Files.createTempDirectory(directory, "sources")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String literal(String json) {
        return json.replace("\"", "\\\"").replace("\n", " ");
    }
}
