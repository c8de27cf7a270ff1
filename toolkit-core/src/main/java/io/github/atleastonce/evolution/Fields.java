package io.github.atleastonce.evolution;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is known of the fields of an event beside its examples. Paths are names joined by dots; elements of a list have the path of the list, and the entries
 * of a map that of the map followed by a star. Immutable.
 *
 * @param optional the paths of fields that a consumer does without
 * @param maps the paths of objects whose names are keys, and no fields
 */
record Fields(Set<String> optional, Set<String> maps) {

    private static final Pattern INDEX = Pattern.compile("\\[[^\\]]*]");

    static final Fields ALL_KNOWN = new Fields(Set.of(), Set.of());

    Fields {
        optional = Set.copyOf(optional);
        maps = Set.copyOf(maps);
    }

    Fields optional(String... paths) {
        return new Fields(and(optional, paths), maps);
    }

    Fields maps(String... paths) {
        return new Fields(optional, and(maps, paths));
    }

    boolean isOptional(String path) {
        return optional.contains(path);
    }

    boolean isMap(String path) {
        return maps.contains(path);
    }

    /** Names a member of an object. */
    String member(String object, String name) {
        if (isMap(object)) {
            return object + ".*";
        }
        return object.isEmpty() ? name : object + "." + name;
    }

    private static Set<String> and(Set<String> present, String... paths) {
        Set<String> more = new HashSet<>(present);
        for (String path : paths) {
            String plain = INDEX.matcher(path).replaceAll("");
            more.add(plain.startsWith("$.") ? plain.substring(2) : plain);
        }
        return more;
    }
}
