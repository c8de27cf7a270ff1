package io.github.atleastonce.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Texts and numbers that were given to a statement: the first few for people, and a number that tells all of them apart. Keeps no long text. Not thread-safe;
 * nothing is added once the statement was executed.
 */
@API(status = API.Status.INTERNAL)
public final class SqlValues {

    private static final int SHOWN = 12;
    private static final int LONGEST = 60;

    private final List<String> first = new ArrayList<>(4);
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
            String text = value.toString();
            first.add(text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…");
        }
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
        return String.join(", ", first) + (count > SHOWN ? ", …" : "");
    }
}
