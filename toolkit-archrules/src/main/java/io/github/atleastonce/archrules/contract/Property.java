package io.github.atleastonce.archrules.contract;

import java.util.List;

/**
 * One property of an event on the wire.
 *
 * @param path its JSON name, after those of the properties it is nested in, joined by dots
 * @param type what it holds; JSON-equal Java types have one name
 * @param required whether a reader refuses a message without it
 * @param aliases older names that are still read
 */
record Property(String path, String type, boolean required, List<String> aliases) {

    Property {
        aliases = List.copyOf(aliases);
    }

    String parent() {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }

    boolean isConstant() {
        return type.equals("constant");
    }

    String line() {
        return path + ": " + type + (required ? " required" : "")
                + (aliases.isEmpty() ? "" : " aliases " + String.join(",", aliases));
    }

    static Property parse(String line) {
        int colon = line.indexOf(": ");
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "A line of an event contract reads '<name>: <type>[ required]', but this one is '" + line + "'.");
        }
        String path = line.substring(0, colon);
        String rest = line.substring(colon + 2);
        List<String> aliases = List.of();
        int aliasesAt = rest.indexOf(" aliases ");
        if (aliasesAt >= 0) {
            aliases = List.of(rest.substring(aliasesAt + 9).split(","));
            rest = rest.substring(0, aliasesAt);
        }
        boolean required = rest.endsWith(" required");
        return new Property(path, required ? rest.substring(0, rest.length() - 9) : rest, required, aliases);
    }
}
