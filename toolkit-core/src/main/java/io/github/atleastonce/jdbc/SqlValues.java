package io.github.atleastonce.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Texts and numbers that were given to a statement: the first few for people, and a number that tells all of them apart. Keeps no long text. Not thread-safe;
 * nothing is added once the statement was executed.
 */
@API(status = API.Status.INTERNAL)
public final class SqlValues {

    private static final int SHOWN = 12;
    private static final int LONGEST = 60;

    /** As long as a UUID, which is shown whole or not at all: half of one could not be told from a value that stays the same. */
    private static final int LONGEST_WORD = 36;

    private List<Object> first = List.of();
    private int count;
    private int all;

    /** Creates an empty list. */
    SqlValues() {}

    /** Creates what a text of SQL says itself. */
    static SqlValues of(String sql) {
        SqlValues values = new SqlValues();
        values.all = sql.hashCode();
        return values;
    }

    void add(Object value) {
        all = 31 * all + value.hashCode();
        if (++count <= SHOWN) {
            if (first.isEmpty()) {
                first = new ArrayList<>(4);
            }
            first.add(isFixed(value) ? value : cut(value.toString()));
        }
    }

    /** A text is built of it only when somebody asks. */
    private static boolean isFixed(Object value) {
        String room = value.getClass().getPackageName();
        return value instanceof UUID
                || value instanceof Number && (room.equals("java.lang") || room.equals("java.math"));
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = LONGEST - 1;
        int least = end - LONGEST_WORD;
        while (end > least && isInWord(text.charAt(end)) && isInWord(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }

    private static boolean isInWord(char letter) {
        return Character.isLetterOrDigit(letter) || letter == '-' || letter == ':' || letter == '.';
    }

    /** Adds a text of SQL, in which values may stand. */
    void addText(String sql) {
        all = 31 * all + sql.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SqlValues values && values.all == all && values.count == count;
    }

    @Override
    public int hashCode() {
        return all;
    }

    /** Returns the first of them, separated by commas. */
    @Override
    public String toString() {
        return first.stream().map(Object::toString).collect(Collectors.joining(", ")) + (count > SHOWN ? ", …" : "");
    }
}
