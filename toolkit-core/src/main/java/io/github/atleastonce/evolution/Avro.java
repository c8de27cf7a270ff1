package io.github.atleastonce.evolution;

import io.github.atleastonce.run.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** Writes and reads records, and asks Avro which schema reads which. */
final class Avro {

    private Avro() {}

    static Schema schema(Folder.Version version) {
        try {
            return new Schema.Parser().parse(Folder.text(version));
        } catch (AvroRuntimeException none) {
            throw new UsageException(version.file() + " is no schema of Avro: " + none.getMessage(), none);
        }
    }

    static String pretty(Schema schema) {
        return Json.pretty(Json.read(schema.toString().getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .root());
    }

    /** Tells in sentences' ends why a schema does not read what another one has written. */
    static List<String> obstacles(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(Avro::obstacle)
                .toList();
    }

    private static String obstacle(SchemaCompatibility.Incompatibility incompatibility) {
        String message = incompatibility.getMessage();
        String what = switch (incompatibility.getType()) {
            case READER_FIELD_MISSING_DEFAULT_VALUE ->
                "it needs the field " + message + ", which is not there and has no default";
            case MISSING_ENUM_SYMBOLS -> "it does not know the constants " + message;
            case NAME_MISMATCH -> "it knows another name, " + message;
            default -> message;
        };
        return what + " (" + incompatibility.getLocation() + ")";
    }

    static byte[] binary(IndexedRecord event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new SpecificDatumWriter<IndexedRecord>(event.getSchema()).write(event, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException unwritable) {
            throw new UsageException("A record of Avro cannot be written: " + unwritable, unwritable);
        }
        return out.toByteArray();
    }

    /** Reads by one schema what another one has written, into the generated class of that schema. */
    static IndexedRecord readGenerated(byte[] bytes, Schema writer, Schema reader) throws IOException {
        return read(bytes, new SpecificDatumReader<>(writer, reader));
    }

    /**
     * Reads by one schema what another one has written. Never into a generated class: that of today has the name of all versions, and the fields of its own.
     */
    static IndexedRecord read(byte[] bytes, Schema writer, Schema reader) throws IOException {
        return read(bytes, new GenericDatumReader<>(writer, reader));
    }

    private static IndexedRecord read(byte[] bytes, DatumReader<IndexedRecord> reader) throws IOException {
        return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    static String json(IndexedRecord event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            JsonEncoder encoder = EncoderFactory.get().jsonEncoder(event.getSchema(), out, true);
            new SpecificDatumWriter<IndexedRecord>(event.getSchema()).write(event, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException unwritable) {
            throw new UsageException("The example cannot be written as JSON: " + unwritable, unwritable);
        }
        return out.toString(StandardCharsets.UTF_8) + "\n";
    }

    static IndexedRecord fromJson(String json, Schema schema, String label) {
        try {
            return new GenericDatumReader<IndexedRecord>(schema)
                    .read(null, DecoderFactory.get().jsonDecoder(schema, json));
        } catch (IOException | RuntimeException unreadable) {
            throw new UsageException(
                    "The example beside " + label + " is none of its schema: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Lists the fields of a schema with their types, for people. */
    static Map<String, String> fields(Schema schema) {
        Map<String, String> fields = new TreeMap<>();
        addFields(schema, "", fields, 0);
        return fields;
    }

    private static void addFields(Schema schema, String path, Map<String, String> fields, int depth) {
        if (depth > 16) {
            return;
        }
        switch (schema.getType()) {
            case RECORD ->
                schema.getFields().forEach(field -> {
                    String member = path.isEmpty() ? field.name() : path + "." + field.name();
                    String last = field.hasDefaultValue() ? " with the default " + field.defaultVal() : "";
                    fields.put(member, type(field.schema()) + last);
                    addFields(field.schema(), member, fields, depth + 1);
                });
            case ARRAY -> addFields(schema.getElementType(), path, fields, depth + 1);
            case MAP -> addFields(schema.getValueType(), path + ".*", fields, depth + 1);
            case UNION -> schema.getTypes().forEach(branch -> addFields(branch, path, fields, depth + 1));
            default -> {
                // It has no fields.
            }
        }
    }

    private static String type(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> schema.getTypes().stream().map(Avro::type).toList().toString();
            case ARRAY -> "array of " + type(schema.getElementType());
            case MAP -> "map of " + type(schema.getValueType());
            case ENUM -> schema.getName() + schema.getEnumSymbols();
            default ->
                schema.getLogicalType() == null
                        ? schema.getName()
                        : schema.getLogicalType().getName();
        };
    }
}
