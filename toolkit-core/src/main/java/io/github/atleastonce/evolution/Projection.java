package io.github.atleastonce.evolution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an event with the fields of an older version, as far as today's event says what they were. */
final class Projection {

    private final Fields fields;
    private final List<String> missing = new ArrayList<>();

    private Projection(Fields fields) {
        this.fields = fields;
    }

    /**
     * An event in the form of another version.
     *
     * @param event the event
     * @param missing what that version has and the event does not say
     */
    record Projected(Json.Document event, List<String> missing) {}

    static Projected onto(Json.Document version, Json.Document today, Fields fields) {
        Projection projection = new Projection(fields);
        Object root = projection.project(version.root(), today.root(), "");
        return new Projected(new Json.Document(root), projection.missing);
    }

    private @Nullable Object project(@Nullable Object version, @Nullable Object today, String path) {
        if (version == null || today == null) {
            return today;
        }
        if (version instanceof Map<?, ?> old && today instanceof Map<?, ?> object) {
            return fields.isMap(path)
                    ? entries(Json.members(old), Json.members(object), path)
                    : members(Json.members(old), Json.members(object), path);
        }
        if (version instanceof List<?> old && today instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(old.isEmpty() ? element : project(old.get(0), element, path)));
            return elements;
        }
        if (!Differences.isReadAs(version, today)) {
            missing.add(path + " as " + Json.kind(version));
        }
        return today;
    }

    private Map<String, @Nullable Object> members(
            Map<String, @Nullable Object> version, Map<String, @Nullable Object> today, String path) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        version.forEach((name, value) -> {
            String member = fields.member(path, name);
            if (today.containsKey(name)) {
                members.put(name, project(value, today.get(name), member));
            } else if (!fields.isOptional(member)) {
                missing.add(member);
            }
        });
        return members;
    }

    private Map<String, @Nullable Object> entries(
            Map<String, @Nullable Object> version, Map<String, @Nullable Object> today, String path) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        Object one = version.isEmpty() ? null : version.values().iterator().next();
        today.forEach((key, value) -> entries.put(key, project(one, value, fields.member(path, key))));
        return entries;
    }
}
