package io.github.atleastonce.kafka.proxy;

import io.github.atleastonce.kafka.proxy.Schema.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values of a message, or of a structure in it. May be changed; whoever does so writes it anew. */
final class Struct {

    /** A tagged field that the schema does not know; it is passed on. */
    record Unknown(int tag, ByteBuffer bytes) {}

    static final UUID NO_ID = new UUID(0, 0);

    private final Schema schema;
    private final @Nullable Object[] values;
    private final List<Unknown> unknown = new ArrayList<>(0);

    /** Creates a structure without values; those that are not given are the protocol's zero. */
    Struct(Schema schema) {
        this.schema = schema;
        this.values = new @Nullable Object[schema.fields().size()];
    }

    /** Creates a structure with zeros, empty texts and empty arrays, to be filled. */
    static Struct blank(Schema schema) {
        Struct blank = new Struct(schema);
        for (int i = 0; i < blank.values.length; i++) {
            Field field = schema.fields().get(i);
            blank.values[i] = field.isTagged() || field.nullable() ? null : zero(field);
        }
        return blank;
    }

    private static Object zero(Field field) {
        if (field.array()) {
            return new ArrayList<>();
        }
        return switch (field.type()) {
            case INT8, INT16, INT32 -> 0;
            case INT64 -> 0L;
            case BOOL -> false;
            case UUID -> NO_ID;
            case STRING -> "";
            case BYTES, RECORDS -> ByteBuffer.allocate(0);
            case STRUCT -> blank(field.inner());
        };
    }

    Schema schema() {
        return schema;
    }

    boolean has(String name) {
        return schema.has(name);
    }

    @Nullable
    Object value(int position) {
        return values[position];
    }

    void value(int position, @Nullable Object value) {
        values[position] = value;
    }

    List<Unknown> unknown() {
        return unknown;
    }

    @Nullable
    Object get(String name) {
        return values[schema.position(name)];
    }

    int number(String name) {
        return get(name) instanceof Integer value ? value : 0;
    }

    long longNumber(String name) {
        return get(name) instanceof Long value ? value : 0;
    }

    boolean flag(String name) {
        return get(name) instanceof Boolean value && value;
    }

    @Nullable
    String text(String name) {
        return (String) get(name);
    }

    /** Returns a text, empty if there is none. */
    String textOf(String name) {
        String text = has(name) ? text(name) : null;
        return text == null ? "" : text;
    }

    UUID id(String name) {
        return get(name) instanceof UUID id ? id : NO_ID;
    }

    @Nullable
    ByteBuffer bytes(String name) {
        return (ByteBuffer) get(name);
    }

    @Nullable
    Struct struct(String name) {
        return (Struct) get(name);
    }

    /** Returns the structures of an array, none if it is absent. */
    List<Struct> structs(String name) {
        List<Struct> structs = new ArrayList<>();
        if (has(name) && get(name) instanceof List<?> list) {
            list.forEach(each -> structs.add((Struct) each));
        }
        return structs;
    }

    /** Returns the numbers of an array, none if it is absent. */
    List<Integer> numbers(String name) {
        List<Integer> numbers = new ArrayList<>();
        if (has(name) && get(name) instanceof List<?> list) {
            list.forEach(each -> numbers.add((Integer) each));
        }
        return numbers;
    }

    Struct set(String name, @Nullable Object value) {
        values[schema.position(name)] = value;
        return this;
    }

    /** Adds an empty structure to an array. */
    Struct add(String name) {
        int position = schema.position(name);
        Struct added = blank(schema.fields().get(position).inner());
        List<Object> all = new ArrayList<>();
        if (values[position] instanceof List<?> present) {
            all.addAll(present);
        }
        all.add(added);
        values[position] = all;
        return added;
    }
}
