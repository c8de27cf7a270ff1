package io.github.atleastonce.archrules.contract;

import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** What people call the types of Avro schemas. */
final class AvroTypes {

    private static final String LOGICAL = "logicalType";

    private AvroTypes() {}

    static String name(Schema schema) {
        String name = switch (schema.getType()) {
            case ARRAY -> "array<" + name(schema.getElementType()) + ">";
            case MAP -> "map<" + name(schema.getValueType()) + ">";
            case UNION -> schema.getTypes().stream().map(AvroTypes::name).collect(Collectors.joining("|"));
            case FIXED -> schema.getName() + "(fixed " + schema.getFixedSize() + ")";
            case RECORD, ENUM -> schema.getName();
            default -> schema.getType().getName();
        };
        String logical = logical(schema);
        return logical.isEmpty() ? name : name + "(" + logical + ")";
    }

    /** Both say what the same bytes mean, and not the same. Where only one says so, nobody reads the other's meaning. */
    static boolean logicallyDiffer(Schema one, Schema other) {
        return one.getType() == other.getType()
                && !logical(one).isEmpty()
                && !logical(other).isEmpty()
                && !logical(one).equals(logical(other));
    }

    /** By the properties, since a logical type that Avro does not know is only there. */
    private static String logical(Schema schema) {
        String logical = schema.getProp(LOGICAL);
        if (logical == null) {
            return "";
        }
        return logical.equals("decimal")
                ? logical + " " + schema.getObjectProp("precision") + ","
                        + Objects.requireNonNullElse(schema.getObjectProp("scale"), 0)
                : logical;
    }
}
