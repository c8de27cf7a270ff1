package io.github.atleastonce.archrules.knowledge;

/** A name in which {@code *} stands for any characters. Without regular expressions: it is asked for every type of the import. */
final class Glob {

    private final String[] parts;

    Glob(String pattern) {
        this.parts = pattern.split("\\*", -1);
    }

    boolean matches(String name) {
        String last = parts[parts.length - 1];
        if (parts.length == 1) {
            return name.equals(last);
        }
        int from = parts[0].length();
        int end = name.length() - last.length();
        if (!name.startsWith(parts[0]) || end < from || !name.endsWith(last)) {
            return false;
        }
        for (int i = 1; i < parts.length - 1; i++) {
            int at = name.indexOf(parts[i], from);
            if (at < 0 || at + parts[i].length() > end) {
                return false;
            }
            from = at + parts[i].length();
        }
        return true;
    }
}
