package io.github.atleastonce.archrules.contract;

import static io.github.atleastonce.archrules.model.Compatibility.BACKWARD;
import static io.github.atleastonce.archrules.model.Compatibility.FORWARD;
import static io.github.atleastonce.archrules.model.Compatibility.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.archrules.model.Compatibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each kind of change, in each direction: what is said, and that something is said exactly where Avro's judge objects. */
class SchemaChangesTests {

    /** A change of the fields of one record, and what is said of it for readers of new messages, of old ones, and of both. */
    private record Change(String what, String accepted, String present, Map<Compatibility, List<String>> says) {

        static Change of(String what, String accepted, String present) {
            return new Change(what, accepted, present, new TreeMap<>());
        }

        Change says(Compatibility wanted, String... lines) {
            says.put(wanted, List.of(lines));
            return this;
        }

        List<String> lines(Compatibility wanted) {
            return says.getOrDefault(wanted, List.of());
        }
    }

    private static final String ID = field("id", "\"string\"");

    private static List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        changes.add(Change.of("nothing", ID, ID));
        changes.add(Change.of("removal without default", ID + "," + field("note", "\"string\""), ID)
                .says(FORWARD, "removed note: string, which had no default")
                .says(FULL, "removed note: string, which had no default"));
        changes.add(Change.of("removal with default", ID + "," + field("note", "\"string\"", "\"\""), ID));
        changes.add(Change.of("addition without default", ID, ID + "," + field("note", "\"string\""))
                .says(BACKWARD, "newly required note: string, which has no default")
                .says(FULL, "newly required note: string, which has no default"));
        changes.add(Change.of("addition with default", ID, ID + "," + field("note", "\"string\"", "\"\"")));
        changes.add(Change.of("rename without alias", ID, field("orderId", "\"string\""))
                .says(BACKWARD, "renamed id → orderId (perhaps): no alias keeps the old name")
                .says(FORWARD, "renamed id → orderId (perhaps): readers of the accepted schema find no id")
                .says(FULL, "renamed id → orderId (perhaps): readers of the accepted schema find no id"));
        String alias = "renamed id → orderId: its alias helps new readers only, and the accepted field has no default";
        changes.add(
                Change.of("rename with alias", ID, "{\"name\":\"orderId\",\"type\":\"string\",\"aliases\":[\"id\"]}")
                        .says(FORWARD, alias)
                        .says(FULL, alias));
        String inside =
                "renamed line.sku → line.article: its alias helps new readers only, and the accepted field has no default";
        changes.add(Change.of(
                        "rename with alias inside of a record",
                        field("line", line(field("sku", "\"string\""))),
                        field("line", line("{\"name\":\"article\",\"type\":\"string\",\"aliases\":[\"sku\"]}")))
                .says(FORWARD, inside)
                .says(FULL, inside));
        changes.add(Change.of(
                "rename with alias of a field with default",
                field("id", "\"string\"", "\"\""),
                "{\"name\":\"orderId\",\"type\":\"string\",\"aliases\":[\"id\"]}"));
        changes.add(Change.of("int becomes long", field("total", "\"int\""), field("total", "\"long\""))
                .says(FORWARD, "retyped total: int → long: readers of the accepted schema cannot read it")
                .says(FULL, "retyped total: int → long: readers of the accepted schema cannot read it"));
        changes.add(Change.of("long becomes int", field("total", "\"long\""), field("total", "\"int\""))
                .says(BACKWARD, "retyped total: long → int: it cannot read stored messages")
                .says(FULL, "retyped total: long → int: it cannot read stored messages"));
        changes.add(Change.of("string becomes bytes", field("total", "\"string\""), field("total", "\"bytes\"")));
        changes.add(everywhere(
                Change.of("long becomes string", field("total", "\"long\""), field("total", "\"string\"")),
                "retyped total: long → string"));
        changes.add(
                Change.of("a new symbol", status("OPEN"), status("OPEN", "CLOSED"))
                        .says(
                                FORWARD,
                                "added status=CLOSED: readers of the accepted schema do not know it and have no default symbol")
                        .says(
                                FULL,
                                "added status=CLOSED: readers of the accepted schema do not know it and have no default symbol"));
        changes.add(Change.of("a symbol less", status("OPEN", "CLOSED"), status("OPEN"))
                .says(BACKWARD, "removed status=CLOSED: there is no default symbol")
                .says(FULL, "removed status=CLOSED: there is no default symbol"));
        changes.add(Change.of(
                "symbols where both have a default symbol",
                field("status", "{\"type\":\"enum\",\"name\":\"S\",\"symbols\":[\"A\",\"B\"],\"default\":\"A\"}"),
                field("status", "{\"type\":\"enum\",\"name\":\"S\",\"symbols\":[\"A\",\"C\"],\"default\":\"A\"}")));
        changes.add(Change.of("becomes optional", field("note", "\"string\""), field("note", "[\"null\",\"string\"]"))
                .says(FORWARD, "retyped note: string → null|string: readers of the accepted schema cannot read it")
                .says(FULL, "retyped note: string → null|string: readers of the accepted schema cannot read it"));
        changes.add(Change.of(
                        "a union's branch more",
                        field("note", "[\"null\",\"string\"]"),
                        field("note", "[\"null\",\"string\",\"int\"]"))
                .says(
                        FORWARD,
                        "retyped note: null|string → null|string|int: readers of the accepted schema cannot read it")
                .says(
                        FULL,
                        "retyped note: null|string → null|string|int: readers of the accepted schema cannot read it"));
        changes.add(Change.of(
                "a union's branches in another order",
                field("note", "[\"null\",\"string\"]"),
                field("note", "[\"string\",\"null\"]")));
        changes.add(Change.of(
                        "a record in a union",
                        field("customer", "[\"null\"," + customer(ID) + "]"),
                        field("customer", "[\"null\"," + customer(ID + "," + field("name", "\"string\"")) + "]"))
                .says(BACKWARD, "newly required customer.name: string, which has no default")
                .says(FULL, "newly required customer.name: string, which has no default"));
        changes.add(everywhere(
                Change.of(
                        "records in a list",
                        field("lines", "{\"type\":\"array\",\"items\":" + customer(field("n", "\"int\"")) + "}"),
                        field("lines", "{\"type\":\"array\",\"items\":" + customer(field("n", "\"string\"")) + "}")),
                "retyped lines[].n: int → string"));
        changes.add(everywhere(
                Change.of(
                        "values of a map",
                        field("tags", "{\"type\":\"map\",\"values\":\"int\"}"),
                        field("tags", "{\"type\":\"map\",\"values\":\"string\"}")),
                "retyped tags{}: int → string"));
        changes.add(everywhere(
                Change.of(
                        "size of a fixed",
                        field("hash", "{\"type\":\"fixed\",\"name\":\"Hash\",\"size\":16}"),
                        field("hash", "{\"type\":\"fixed\",\"name\":\"Hash\",\"size\":20}")),
                "retyped hash: Hash(fixed 16) → Hash(fixed 20)"));
        changes.add(everywhere(
                Change.of(
                        "name of a nested record",
                        field("customer", customer(ID)),
                        field("customer", customer(ID).replace("Customer", "Client"))),
                "renamed customer, its type: shop.Customer → shop.Client: no alias keeps the old name"));
        return changes;
    }

    @TestFactory
    Stream<DynamicTest> saysWhatBreaksWhom() {
        return changes().stream()
                .flatMap(change -> Stream.of(Compatibility.values())
                        .map(wanted -> DynamicTest.dynamicTest(
                                change.what() + ", " + wanted,
                                () -> assertThat(SchemaChanges.breaks(
                                                record(change.accepted()), record(change.present()), wanted))
                                        .containsExactlyElementsOf(change.lines(wanted)))));
    }

    @TestFactory
    Stream<DynamicTest> saysSomethingExactlyWhereTheJudgeObjects() {
        return changes().stream()
                .flatMap(change -> Stream.of(Compatibility.values())
                        .map(wanted -> DynamicTest.dynamicTest(
                                change.what() + ", " + wanted,
                                () -> assertThat(change.lines(wanted).isEmpty())
                                        .isEqualTo(isJudgedSound(change, wanted)))));
    }

    private static boolean isJudgedSound(Change change, Compatibility wanted) {
        Schema old = AvroSchemas.schemaOf(record(change.accepted()));
        Schema now = AvroSchemas.schemaOf(record(change.present()));
        return (!wanted.forward() || reads(old, now)) && (!wanted.backward() || reads(now, old));
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    /** The judge does not look at them: to it all of these are a long, or bytes. */
    @TestFactory
    Stream<DynamicTest> logicalTypesThatMeanSomethingElse() {
        return Stream.of(
                logical(
                        "\"long\",\"logicalType\":\"timestamp-millis\"",
                        "\"long\",\"logicalType\":\"timestamp-micros\"",
                        "retyped at: long(timestamp-millis) → long(timestamp-micros)"),
                logical(
                        "\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2",
                        "\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":4",
                        "retyped at: bytes(decimal 9,2) → bytes(decimal 9,4)"),
                logical(
                        "\"bytes\",\"logicalType\":\"decimal\",\"precision\":9",
                        "\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":0"),
                logical("\"long\"", "\"long\",\"logicalType\":\"timestamp-millis\""),
                logical(
                        "\"long\",\"logicalType\":\"timestamp-millis\"",
                        "\"long\",\"logicalType\":\"timestamp-millis\""));
    }

    private static DynamicTest logical(String accepted, String present, String... lines) {
        return DynamicTest.dynamicTest(
                accepted + " → " + present,
                () -> assertThat(SchemaChanges.breaks(
                                record(field("at", "{\"type\":" + accepted + "}")),
                                record(field("at", "{\"type\":" + present + "}")),
                                FULL))
                        .containsExactly(lines));
    }

    @Test
    void aRecordThatContainsItself() {
        String tree = record(field("children", "{\"type\":\"array\",\"items\":\"OrderPlaced\"}"));
        assertThat(SchemaChanges.breaks(tree, tree, FULL)).isEmpty();
        assertThat(SchemaChanges.breaks(
                        tree,
                        record(field("children", "{\"type\":\"array\",\"items\":\"OrderPlaced\"}") + "," + ID),
                        FULL))
                .containsExactly("newly required id: string, which has no default");
    }

    @Test
    void aRecordRenamedWithItsWireNameKept() {
        assertThat(SchemaChanges.breaks(record(ID), record(ID).replace("OrderPlaced", "OrderPlacedV2"), FULL))
                .containsExactly(
                        "renamed the record: shop.OrderPlaced → shop.OrderPlacedV2: no alias keeps the old name");
        assertThat(SchemaChanges.breaks(
                        record(ID),
                        record(ID).replace("\"OrderPlaced\"", "\"OrderPlacedV2\",\"aliases\":[\"OrderPlaced\"]"),
                        BACKWARD))
                .isEmpty();
    }

    private static Change everywhere(Change change, String line) {
        return change.says(BACKWARD, line).says(FORWARD, line).says(FULL, line);
    }

    private static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"OrderPlaced\",\"namespace\":\"shop\",\"fields\":[" + fields + "]}";
    }

    private static String customer(String fields) {
        return "{\"type\":\"record\",\"name\":\"Customer\",\"fields\":[" + fields + "]}";
    }

    private static String status(String... symbols) {
        return field(
                "status",
                "{\"type\":\"enum\",\"name\":\"Status\",\"symbols\":[\"" + String.join("\",\"", symbols) + "\"]}");
    }

    private static String line(String fields) {
        return "{\"type\":\"record\",\"name\":\"Line\",\"fields\":[" + fields + "]}";
    }

    private static String field(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
    }

    private static String field(String name, String type, String standard) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + ",\"default\":" + standard + "}";
    }
}
