package io.github.atleastonce.kafka.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.kafka.proxy.Messages.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.Field;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the description of the messages to what this version of Kafka's clients says of them. */
class MessagesTests {

    private static final Messages MESSAGES = Messages.read();

    @TestFactory
    Stream<DynamicTest> areWhatKafkaSays() {
        return Stream.of(Api.values())
                .filter(api -> saysItsTags())
                .map(api -> DynamicTest.dynamicTest(api.name(), () -> compare(api)));
    }

    private static void compare(Api api) {
        ApiMessageType type = ApiMessageType.fromApiKey((short) api.key());
        int compared = 0;
        for (Direction direction : Direction.values()) {
            for (int version = type.lowestSupportedVersion();
                    version <= type.highestSupportedVersion(true);
                    version++) {
                Optional<Schema> ours = MESSAGES.find(direction, api.key(), version);
                if (ours.isPresent()) {
                    assertThat(described(ours.get()))
                            .as("%s %s %d", direction, api, version)
                            .isEqualTo(described(theirs(type, direction, version)));
                    compared++;
                }
            }
        }
        // What Kafka 3.9 tries out of share groups is older than what is described.
        assertThat(compared > 0 || type.highestSupportedVersion(true) < 1).isTrue();
    }

    private static org.apache.kafka.common.protocol.types.Schema theirs(
            ApiMessageType type, Direction direction, int version) {
        return (direction == Direction.REQUEST ? type.requestSchemas() : type.responseSchemas())[version];
    }

    private static List<String> described(Schema schema) {
        List<String> fields = new ArrayList<>();
        TreeMap<Integer, String> tagged = new TreeMap<>();
        for (Schema.Field field : schema.fields()) {
            String text = snake(field.name()) + " " + described(field, schema.isFlexible());
            if (field.isTagged()) {
                tagged.put(field.tag(), text);
            } else {
                fields.add(text);
            }
        }
        if (schema.isFlexible()) {
            fields.add("tags " + tagged);
        }
        return fields;
    }

    private static String described(Schema.Field field, boolean compact) {
        String one =
                field.type() == Schema.Type.STRUCT ? described(field.inner()).toString() : scalar(field, compact);
        if (field.array()) {
            return (compact ? "compact " : "") + "array of " + one;
        }
        return field.type() == Schema.Type.STRUCT && field.nullable() ? "nullable " + one : one;
    }

    private static String scalar(Schema.Field field, boolean compact) {
        String name = field.type().name();
        return switch (field.type()) {
            case STRING, BYTES, RECORDS ->
                (compact ? "COMPACT_" : "")
                        + (field.nullable() && !field.array() && field.type() != Schema.Type.RECORDS ? "NULLABLE_" : "")
                        + name;
            case BOOL -> "BOOLEAN";
            default -> name;
        };
    }

    private static List<String> described(org.apache.kafka.common.protocol.types.Schema schema) {
        List<String> fields = new ArrayList<>();
        for (BoundField bound : schema.fields()) {
            Field field = bound.def;
            if (field.type instanceof TaggedFields tags) {
                TreeMap<Integer, String> tagged = new TreeMap<>();
                fields(tags).forEach((tag, each) -> tagged.put(tag, each.name + " " + described(each.type)));
                fields.add("tags " + tagged);
            } else {
                fields.add(field.name + " " + described(field.type));
            }
        }
        return fields;
    }

    /** Kafka 3.9 does not say which tagged fields there are. */
    private static boolean saysItsTags() {
        return Stream.of(TaggedFields.class.getMethods())
                .anyMatch(method -> method.getName().equals("fields"));
    }

    @SuppressWarnings("unchecked")
    private static Map<Integer, Field> fields(TaggedFields tags) {
        try {
            return (Map<Integer, Field>) TaggedFields.class.getMethod("fields").invoke(tags);
        } catch (ReflectiveOperationException moved) {
            throw new AssertionError(moved);
        }
    }

    private static String described(Type type) {
        if (type.isArray()) {
            String name = type.getClass().getSimpleName();
            return (name.startsWith("Compact") ? "compact " : "") + "array of "
                    + described(type.arrayElementType().orElseThrow());
        }
        if (type instanceof org.apache.kafka.common.protocol.types.Schema schema) {
            boolean nullable = type.getClass().getSimpleName().startsWith("Nullable");
            return (nullable ? "nullable " : "") + described(schema);
        }
        // Kafka 3.9 does not say whether records may be absent.
        return type.toString().toUpperCase(Locale.ROOT).replace("NULLABLE_RECORDS", "RECORDS");
    }

    private static String snake(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    @Test
    void advertiseNothingNewerThanTheyKnow() {
        assertThat(MESSAGES.newest(Api.PRODUCE.key())).isEqualTo(13);
        assertThat(MESSAGES.newest(9)).isEqualTo(Short.MAX_VALUE);
        assertThat(MESSAGES.find(Direction.REQUEST, Api.PRODUCE.key(), 14)).isEmpty();
        assertThat(MESSAGES.find(Direction.REQUEST, 9, 1)).isEmpty();
    }
}
