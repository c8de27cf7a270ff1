package io.github.atleastonce.evolution;

import io.github.atleastonce.channel.OlderForms;
import io.github.atleastonce.message.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/** Writes records of one kind by the schemas of the archived versions before the newest one. */
final class AvroForms implements Forms {

    private final String event;
    private final Schema newest;
    private final Map<Integer, Schema> older = new TreeMap<>();

    AvroForms(Folder folder) {
        this.event = folder.event();
        List<Folder.Version> versions = folder.archived();
        this.newest = Avro.schema(versions.get(versions.size() - 1));
        versions.subList(0, versions.size() - 1).forEach(version -> older.put(version.number(), Avro.schema(version)));
    }

    @Override
    public boolean isOf(Object payload) {
        return payload instanceof IndexedRecord found
                && found.getSchema().getFullName().equals(newest.getFullName());
    }

    @Override
    public boolean areBytes(Object payload) {
        return false;
    }

    /** A version that has what today's event does not say would have to invent it. */
    @Override
    public List<Integer> versions(Object payload) {
        Schema today = ((IndexedRecord) payload).getSchema();
        List<Integer> versions = new ArrayList<>();
        older.forEach((number, version) -> {
            if (!version.equals(today)
                    && Avro.fields(today)
                            .keySet()
                            .containsAll(Avro.fields(version).keySet())
                    && Avro.obstacles(version, today).isEmpty()) {
                versions.add(number);
            }
        });
        return versions;
    }

    /**
     * The serializer of a channel that carries bytes writes a record by its own schema, and says by which one. Where one of a generated class was sent, whoever
     * looks at the message goes on to see that.
     */
    @Override
    public OlderForms.Written written(Message message, int version, boolean asBytes) throws IOException {
        IndexedRecord today = (IndexedRecord) message.payload();
        Schema then = Objects.requireNonNull(older.get(version));
        IndexedRecord old = Avro.read(Avro.binary(today), today.getSchema(), then);
        boolean generated = today instanceof SpecificRecord;
        if (asBytes) {
            return generated ? new OlderForms.Written(message, old) : Forms.with(old, message);
        }
        Schema reader = generated ? today.getSchema() : withTexts(today.getSchema());
        List<String> obstacles = Avro.obstacles(reader, then);
        if (!obstacles.isEmpty()) {
            throw new IOException(String.join("; ", obstacles));
        }
        byte[] bytes = Avro.binary(old);
        return Forms.with(
                generated ? Avro.readGenerated(bytes, then, reader) : Avro.read(bytes, then, reader), message);
    }

    /** Who puts a generic record together by hand puts texts into it, and not what Avro reads texts into. */
    private static Schema withTexts(Schema schema) {
        Schema copy = new Schema.Parser().parse(schema.toString());
        setTexts(copy, 0);
        return copy;
    }

    private static void setTexts(Schema schema, int depth) {
        if (depth > 16) {
            return;
        }
        switch (schema.getType()) {
            case STRING -> {
                if (schema.getProp(GenericData.STRING_PROP) == null) {
                    GenericData.setStringType(schema, GenericData.StringType.String);
                }
            }
            case RECORD -> schema.getFields().forEach(field -> setTexts(field.schema(), depth + 1));
            case ARRAY -> setTexts(schema.getElementType(), depth + 1);
            case MAP -> setTexts(schema.getValueType(), depth + 1);
            case UNION -> schema.getTypes().forEach(branch -> setTexts(branch, depth + 1));
            default -> {
                // It has no texts.
            }
        }
    }
}
