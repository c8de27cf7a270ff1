package io.github.atleastonce.kafka.proxy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a message, or a structure in it, is made of in one version. */
final class Schema {

    static final int NO_TAG = -1;

    /** The types of the protocol. */
    enum Type {
        INT8,
        INT16,
        INT32,
        INT64,
        BOOL,
        UUID,
        STRING,
        BYTES,
        RECORDS,
        STRUCT
    }

    /**
     * A field.
     *
     * @param name its name
     * @param type its type, or that of its elements
     * @param array whether it holds several
     * @param nullable whether it may be absent
     * @param tag its tag, or {@link #NO_TAG} for a field that stands in its place
     * @param structure what it holds, if it is a structure
     */
    record Field(
            String name,
            Type type,
            boolean array,
            boolean nullable,
            int tag,
            @Nullable Schema structure) {

        boolean isTagged() {
            return tag != NO_TAG;
        }

        Schema inner() {
            if (structure == null) {
                throw new IllegalStateException(name + " is no structure.");
            }
            return structure;
        }
    }

    private final List<Field> fields;
    private final boolean flexible;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<Integer, Integer> tags = new HashMap<>();

    Schema(List<Field> fields, boolean flexible) {
        this.fields = List.copyOf(fields);
        this.flexible = flexible;
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            positions.put(field.name(), i);
            if (field.isTagged()) {
                tags.put(field.tag(), i);
            }
        }
    }

    List<Field> fields() {
        return fields;
    }

    /** Says whether lengths are compact, and fields that nobody knows may follow. */
    boolean isFlexible() {
        return flexible;
    }

    boolean has(String name) {
        return positions.containsKey(name);
    }

    int position(String name) {
        Integer position = positions.get(name);
        if (position == null) {
            throw new IllegalStateException("There is no field " + name + ".");
        }
        return position;
    }

    @Nullable
    Integer positionOfTag(int tag) {
        return tags.get(tag);
    }
}
