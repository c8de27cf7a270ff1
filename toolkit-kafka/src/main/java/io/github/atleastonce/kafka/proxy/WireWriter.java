package io.github.atleastonce.kafka.proxy;

import io.github.atleastonce.kafka.proxy.Schema.Field;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the protocol's types, into a buffer that grows. */
final class WireWriter {

    private static final int START = 256;

    private ByteBuffer bytes = ByteBuffer.allocate(START);

    /** Returns what was written. */
    byte[] toBytes() {
        byte[] written = new byte[bytes.position()];
        bytes.flip();
        bytes.get(written);
        return written;
    }

    WireWriter int8(int value) {
        room(1).put((byte) value);
        return this;
    }

    WireWriter int16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    WireWriter int32(int value) {
        room(4).putInt(value);
        return this;
    }

    WireWriter int64(long value) {
        room(8).putLong(value);
        return this;
    }

    WireWriter raw(ByteBuffer value) {
        room(value.remaining()).put(value.duplicate());
        return this;
    }

    /** Writes a text without compact length, as headers have it. */
    WireWriter text(@Nullable String value) {
        if (value == null) {
            return int16(-1);
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return int16(utf8.length).raw(ByteBuffer.wrap(utf8));
    }

    WireWriter unsignedVarint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            int8(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        return int8(rest);
    }

    WireWriter struct(Struct struct) {
        Schema schema = struct.schema();
        List<Field> fields = schema.fields();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (!field.isTagged()) {
                value(field, struct.value(i), schema.isFlexible());
            }
        }
        if (schema.isFlexible()) {
            tagged(struct);
        }
        return this;
    }

    private void tagged(Struct struct) {
        List<Struct.Unknown> all = new ArrayList<>(struct.unknown());
        List<Field> fields = struct.schema().fields();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Object value = struct.value(i);
            if (field.isTagged() && value != null) {
                WireWriter inner = new WireWriter();
                inner.value(field, value, true);
                all.add(new Struct.Unknown(field.tag(), ByteBuffer.wrap(inner.toBytes())));
            }
        }
        all.sort(Comparator.comparingInt(Struct.Unknown::tag));
        unsignedVarint(all.size());
        for (Struct.Unknown each : all) {
            unsignedVarint(each.tag());
            unsignedVarint(each.bytes().remaining());
            raw(each.bytes());
        }
    }

    private void value(Field field, @Nullable Object value, boolean compact) {
        if (!field.array()) {
            single(field, value, compact);
            return;
        }
        List<?> all = (List<?>) value;
        if (all == null) {
            length(-1, compact, 4);
            return;
        }
        length(all.size(), compact, 4);
        for (Object each : all) {
            if (each instanceof Struct struct) {
                struct(struct);
            } else {
                single(field, each, compact);
            }
        }
    }

    private void single(Field field, @Nullable Object value, boolean compact) {
        switch (field.type()) {
            case INT8 -> int8(number(value));
            case INT16 -> int16(number(value));
            case INT32 -> int32(number(value));
            case INT64 -> int64(value instanceof Long number ? number : 0);
            case BOOL -> int8(Boolean.TRUE.equals(value) ? 1 : 0);
            case UUID -> {
                UUID id = value instanceof UUID present ? present : Struct.NO_ID;
                int64(id.getMostSignificantBits()).int64(id.getLeastSignificantBits());
            }
            case STRING -> bytes(value == null ? null : utf8((String) value), compact, 2);
            case BYTES, RECORDS -> bytes((ByteBuffer) value, compact, 4);
            case STRUCT -> structure(field, (Struct) value);
        }
    }

    private void structure(Field field, @Nullable Struct value) {
        if (field.nullable()) {
            int8(value == null ? -1 : 1);
        }
        if (value != null) {
            struct(value);
        }
    }

    private void bytes(@Nullable ByteBuffer value, boolean compact, int width) {
        length(value == null ? -1 : value.remaining(), compact, width);
        if (value != null) {
            raw(value);
        }
    }

    private void length(int length, boolean compact, int width) {
        if (compact) {
            unsignedVarint(length + 1);
        } else if (width == 2) {
            int16(length);
        } else {
            int32(length);
        }
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int number(@Nullable Object value) {
        return value instanceof Integer number ? number : 0;
    }

    private ByteBuffer room(int size) {
        if (bytes.remaining() < size) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(bytes.capacity() * 2, bytes.position() + size));
            bytes.flip();
            larger.put(bytes);
            bytes = larger;
        }
        return bytes;
    }
}
