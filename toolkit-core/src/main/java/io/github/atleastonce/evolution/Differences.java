package io.github.atleastonce.evolution;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares two forms of an event, field by field. */
final class Differences {

    private final Fields fields;
    private final List<String> found = new ArrayList<>();
    private final List<String> unlike = new ArrayList<>();
    private boolean structural;

    private Differences(Fields fields) {
        this.fields = fields;
    }

    /** Tells where a form is another one than before, be it by a value alone. */
    static Differences all(@Nullable Object before, @Nullable Object now, Fields fields) {
        Differences differences = new Differences(fields);
        differences.compare(before, now, "", "");
        return differences;
    }

    /** Tells where a form has other fields than another one, or fields of another kind. What is optional may be missing. */
    static List<String> unlike(@Nullable Object wanted, @Nullable Object form, Fields fields) {
        return all(wanted, form, fields).unlike;
    }

    /** Tells what somebody misses in a form who knows only the one before. */
    static List<String> missed(@Nullable Object before, @Nullable Object now, Fields fields) {
        Differences differences = new Differences(fields);
        differences.miss(before, now, "");
        return differences.found;
    }

    List<String> found() {
        return found;
    }

    /** Says whether fields or their kinds differ, and not only what they say. */
    boolean areStructural() {
        return structural;
    }

    /** Compares what stands at a place, such as {@code lines[0].sku}, whose path is {@code lines.sku}. */
    private void compare(@Nullable Object before, @Nullable Object now, String path, String place) {
        if (before instanceof Map<?, ?> old && now instanceof Map<?, ?> today) {
            compareMembers(Json.members(old), Json.members(today), path, place);
        } else if (before instanceof List<?> old && now instanceof List<?> today && old.size() == today.size()) {
            for (int i = 0; i < old.size(); i++) {
                compare(old.get(i), today.get(i), path, place + "[" + i + "]");
            }
        } else if (!Objects.equals(before, now)) {
            add(
                    (place.isEmpty() ? "the event" : place) + " was " + Json.compact(before) + " and is "
                            + Json.compact(now),
                    !Json.kind(before).equals(Json.kind(now)),
                    (before == null || now == null) && fields.isOptional(path));
        }
    }

    private void compareMembers(
            Map<String, @Nullable Object> before, Map<String, @Nullable Object> now, String path, String place) {
        before.forEach((name, value) -> {
            String member = fields.member(path, name);
            if (now.containsKey(name)) {
                compare(value, now.get(name), member, within(place, name));
            } else {
                add(
                        within(place, name) + " is gone, which was " + Json.compact(value),
                        !fields.isMap(path),
                        fields.isOptional(member));
            }
        });
        now.forEach((name, value) -> {
            if (!before.containsKey(name)) {
                add(within(place, name) + " is new: " + Json.compact(value), !fields.isMap(path), false);
            }
        });
    }

    private static String within(String place, String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private void add(String difference, boolean isStructural, boolean isOptional) {
        found.add(difference);
        structural |= isStructural;
        if (isStructural && !isOptional) {
            unlike.add(difference);
        }
    }

    private void miss(@Nullable Object before, @Nullable Object now, String path) {
        String field = path.isEmpty() ? "the event" : path;
        if (before == null || now == null && fields.isOptional(path)) {
            return;
        }
        if (before instanceof Map<?, ?> old && now instanceof Map<?, ?> today) {
            missMembers(Json.members(old), Json.members(today), path);
        } else if (before instanceof List<?> old && now instanceof List<?> today) {
            if (!old.isEmpty()) {
                today.forEach(element -> miss(old.get(0), element, path));
            }
        } else if (now == null) {
            found.add(field + " is null, which was " + Json.compact(before));
        } else if (!isReadAs(before, now)) {
            found.add(field + " is " + Json.kind(now) + ", " + Json.compact(now) + ", which was " + Json.kind(before)
                    + ", " + Json.compact(before));
        }
    }

    private void missMembers(Map<String, @Nullable Object> before, Map<String, @Nullable Object> now, String path) {
        if (fields.isMap(path)) {
            if (!before.isEmpty()) {
                Object one = before.values().iterator().next();
                now.values().forEach(value -> miss(one, value, fields.member(path, "")));
            }
            return;
        }
        before.forEach((name, value) -> {
            String member = fields.member(path, name);
            if (now.containsKey(name)) {
                miss(value, now.get(name), member);
            } else if (value != null && !fields.isOptional(member)) {
                found.add(member + " is gone, which was " + Json.compact(value));
            }
        });
    }

    /** Who reads fractions reads whole numbers, too. */
    static boolean isReadAs(Object before, Object now) {
        if (before instanceof BigDecimal old && now instanceof BigDecimal number) {
            return old.scale() > 0 || number.scale() <= 0;
        }
        return Json.kind(before).equals(Json.kind(now));
    }
}
