package io.github.atleastonce.kafka.proxy;

import io.github.atleastonce.kafka.proxy.Schema.Field;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the protocol's types. Whatever a length says, no more is taken than there is. */
final class WireReader {

    private final ByteBuffer bytes;

    WireReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    Struct struct(Schema schema) {
        return whole(() -> read(schema));
    }

    private Struct read(Schema schema) {
        Struct struct = new Struct(schema);
        List<Field> fields = schema.fields();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (!field.isTagged()) {
                struct.value(i, value(field, schema.isFlexible()));
            }
        }
        if (schema.isFlexible()) {
            tagged(struct);
        }
        return struct;
    }

    private void tagged(Struct struct) {
        int count = length(unsignedVarint());
        for (int i = 0; i < count; i++) {
            int tag = unsignedVarint();
            ByteBuffer value = slice(unsignedVarint());
            Integer position = struct.schema().positionOfTag(tag);
            if (position == null) {
                struct.unknown().add(new Struct.Unknown(tag, value));
            } else {
                Field field = struct.schema().fields().get(position);
                struct.value(position, new WireReader(value).value(field, true));
            }
        }
    }

    private @Nullable Object value(Field field, boolean compact) {
        if (!field.array()) {
            return single(field, compact);
        }
        int count = compact ? unsignedVarint() - 1 : bytes.getInt();
        if (count < 0) {
            return nothing(field);
        }
        length(count);
        List<Object> all = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            Object element = element(field, compact);
            all.add(element);
        }
        return all;
    }

    private Object element(Field field, boolean compact) {
        Object element = field.type() == Schema.Type.STRUCT ? read(field.inner()) : single(field, compact);
        if (element == null) {
            throw new MalformedMessageException("An element of " + field.name() + " is absent.");
        }
        return element;
    }

    private @Nullable Object single(Field field, boolean compact) {
        return switch (field.type()) {
            case INT8 -> (int) bytes.get();
            case INT16 -> (int) bytes.getShort();
            case INT32 -> bytes.getInt();
            case INT64 -> bytes.getLong();
            case BOOL -> bytes.get() != 0;
            case UUID -> new UUID(bytes.getLong(), bytes.getLong());
            case STRING -> {
                int size = compact ? unsignedVarint() - 1 : bytes.getShort();
                yield size < 0
                        ? nothing(field)
                        : StandardCharsets.UTF_8.decode(slice(size)).toString();
            }
            case BYTES, RECORDS -> {
                int size = compact ? unsignedVarint() - 1 : bytes.getInt();
                yield size < 0 ? nothing(field) : slice(size);
            }
            case STRUCT -> field.nullable() && bytes.get() < 0 ? null : read(field.inner());
        };
    }

    private static @Nullable Object nothing(Field field) {
        if (!field.nullable()) {
            throw new MalformedMessageException("The field " + field.name() + " is absent.");
        }
        return null;
    }

    /** Takes a text without compact length, as headers have it. */
    @Nullable
    String text() {
        return whole(() -> {
            int size = bytes.getShort();
            return size < 0 ? null : StandardCharsets.UTF_8.decode(slice(size)).toString();
        });
    }

    /** Takes a number of two bytes. */
    int int16() {
        return whole(bytes::getShort);
    }

    /** Passes over tagged fields that say nothing here. */
    void passTags() {
        whole(() -> {
            int count = length(unsignedVarint());
            for (int i = 0; i < count; i++) {
                unsignedVarint();
                slice(unsignedVarint());
            }
            return count;
        });
    }

    private static <T extends @Nullable Object> T whole(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (BufferUnderflowException shorter) {
            throw new MalformedMessageException("A message ends before its last field.");
        }
    }

    private ByteBuffer slice(int size) {
        length(size);
        ByteBuffer slice = bytes.slice(bytes.position(), size);
        bytes.position(bytes.position() + size);
        return slice;
    }

    /** Every element takes a byte at least. */
    private int length(int count) {
        if (count < 0 || count > bytes.remaining()) {
            throw new MalformedMessageException("A length of " + count + " leads out of the message.");
        }
        return count;
    }

    private int unsignedVarint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedMessageException("A number has more than 5 bytes.");
    }
}
