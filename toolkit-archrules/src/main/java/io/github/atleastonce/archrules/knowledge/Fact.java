package io.github.atleastonce.archrules.knowledge;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * States one thing about a type or annotation.
 *
 * @param role what it does
 * @param annotation whether {@code type} is an annotation (or meta-annotation) rather than a type of the hierarchy
 * @param type the qualified name; {@code *} stands for any characters
 * @param members the members meant, {@code *} standing for any characters; empty means all
 * @param options what else the line said
 */
public record Fact(Role role, boolean annotation, String type, List<String> members, Map<String, String> options) {

    /**
     * Copies the collections.
     *
     * @param role see above
     * @param annotation see above
     * @param type see above
     * @param members see above
     * @param options see above
     */
    public Fact {
        members = List.copyOf(members);
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /** The value of an option that points at what a call is made on instead of at an argument. */
    public static final String RECEIVER = "receiver";

    static Fact parse(String line) {
        String[] words = line.trim().split("\\s+");
        if (words.length < 2) {
            throw new IllegalArgumentException(
                    "A knowledge line reads '<role> <type>[#member,…] [option=value …]', but this one is '" + line
                            + "'.");
        }
        Role role;
        try {
            role = Role.named(words[0]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + words[0] + "' is no role; the knowledge line '" + line + "' wants one of "
                            + Arrays.toString(Role.values()).toLowerCase(java.util.Locale.ROOT) + ".",
                    e);
        }
        String[] typeAndMembers = words[1].split("#", 2);
        boolean annotation = typeAndMembers[0].startsWith("@");
        Map<String, String> options = new HashMap<>();
        for (int i = 2; i < words.length; i++) {
            String[] option = words[i].split("=", 2);
            if (option.length != 2) {
                throw new IllegalArgumentException(
                        "'" + words[i] + "' is no option=value in the knowledge line '" + line + "'.");
            }
            options.put(option[0], option[1]);
        }
        return new Fact(
                role,
                annotation,
                annotation ? typeAndMembers[0].substring(1) : typeAndMembers[0],
                typeAndMembers.length == 1 ? List.of() : List.of(typeAndMembers[1].split(",")),
                options);
    }

    /**
     * Tells whether this fact speaks of the named member.
     *
     * @param member a simple method name
     * @return whether it does
     */
    public boolean covers(String member) {
        return members.isEmpty() || members.stream().anyMatch(pattern -> new Glob(pattern).matches(member));
    }

    /**
     * Tells whether an option names a member.
     *
     * @param option the name of the option, whose value lists members, {@code *} standing for any characters
     * @param member a simple method name
     * @return whether the option is there and one of its names fits
     */
    public boolean matches(String option, String member) {
        return options.containsKey(option)
                && Arrays.stream(options.getOrDefault(option, "").split(","))
                        .anyMatch(pattern -> new Glob(pattern).matches(member));
    }

    /**
     * Returns the argument that an option points at.
     *
     * @param option the name of the option
     * @param arguments how many arguments the call has
     * @return its index, counted from 0, or empty if the option is absent, means the receiver, or the call has no such argument
     */
    public OptionalInt argument(String option, int arguments) {
        String value = options.get(option);
        if (value == null || arguments == 0 || value.equals(RECEIVER)) {
            return OptionalInt.empty();
        }
        int index = value.equals("last") ? arguments - 1 : Integer.parseInt(value);
        return index < arguments ? OptionalInt.of(index) : OptionalInt.empty();
    }

    boolean isPattern() {
        return type.indexOf('*') >= 0;
    }
}
