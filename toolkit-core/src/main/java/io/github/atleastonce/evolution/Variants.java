package io.github.atleastonce.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the forms of an event that its consumer may meet without being told: with a field that it does not know, or without one that need not be there. */
final class Variants {

    private static final String UNKNOWN = "addedLater";

    /**
     * Another form of an event.
     *
     * @param change what was done to it, in words
     * @param bytes the form
     */
    record Variant(String change, byte[] bytes) {}

    /**
     * An object within an event.
     *
     * @param path the path of its kind
     * @param place its place, in words
     * @param members what it has
     */
    private record Place(String path, String place, Map<String, @Nullable Object> members) {}

    private Variants() {}

    /** Adds an unknown field, to one object at a time. */
    static List<Variant> withUnknownField(Json.Document event, Fields fields) {
        List<Variant> variants = new ArrayList<>();
        List<Place> places = places(event.root(), fields);
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            if (!fields.isMap(place.path())) {
                variants.add(changed(
                        event,
                        fields,
                        i,
                        "with an unknown field '" + within(place.place(), UNKNOWN) + "'",
                        members -> members.put(UNKNOWN, "unknown")));
            }
        }
        return variants;
    }

    /** Takes an optional field away, one at a time. */
    static List<Variant> withoutOptionalField(Json.Document event, Fields fields) {
        List<Variant> variants = new ArrayList<>();
        List<Place> places = places(event.root(), fields);
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            for (String name : List.copyOf(place.members().keySet())) {
                if (fields.isOptional(fields.member(place.path(), name))) {
                    variants.add(changed(
                            event,
                            fields,
                            i,
                            "without the optional " + within(place.place(), name),
                            members -> members.remove(name)));
                }
            }
        }
        return variants;
    }

    private static String within(String place, String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private static Variant changed(
            Json.Document event,
            Fields fields,
            int place,
            String change,
            Consumer<Map<String, @Nullable Object>> edit) {
        Json.Document copy = event.copy();
        edit.accept(places(copy.root(), fields).get(place).members());
        return new Variant(change, copy.bytes());
    }

    private static List<Place> places(@Nullable Object root, Fields fields) {
        List<Place> places = new ArrayList<>();
        addPlaces(root, "", "", fields, places);
        return places;
    }

    private static void addPlaces(
            @Nullable Object value, String path, String place, Fields fields, List<Place> places) {
        if (value instanceof Map<?, ?> object) {
            Map<String, @Nullable Object> members = Json.members(object);
            places.add(new Place(path, place, members));
            members.forEach((name, member) ->
                    addPlaces(member, fields.member(path, name), within(place, name), fields, places));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                addPlaces(list.get(i), path, place + "[" + i + "]", fields, places);
            }
        }
    }
}
