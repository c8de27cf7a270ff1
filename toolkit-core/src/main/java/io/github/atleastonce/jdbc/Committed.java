package io.github.atleastonce.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What is committed in the tables of a database, as another connection sees it. Gives up where that cannot be told quickly. */
final class Committed {

    private static final Set<String> KINDS = Set.of("TABLE", "BASE TABLE");
    private static final int TABLES = 40;
    private static final int ROWS = 1_000;
    private static final int SECONDS = 1;
    private static final int READS = 400;

    private final DataSource bare;
    private @Nullable List<String> tables;
    private @Nullable Map<String, Long> last;
    private int reads;

    Committed(DataSource bare) {
        this.bare = bare;
    }

    boolean isOf(DataSource other) {
        return bare == other;
    }

    /** Keeps what is there now, if it can be looked at; else what was there is forgotten. */
    void remember(boolean can) {
        last = can ? read() : null;
    }

    /** Names a table that has changed, if what was there is known. */
    Optional<String> changed() {
        Map<String, Long> before = last;
        if (before == null) {
            return Optional.empty();
        }
        Map<String, Long> now = read();
        last = now;
        return now == null
                ? Optional.empty()
                : now.keySet().stream()
                        .filter(table -> !Objects.equals(now.get(table), before.get(table)))
                        .sorted()
                        .findFirst();
    }

    private @Nullable Map<String, Long> read() {
        if (++reads > READS) {
            return null;
        }
        try (Connection side = bare.getConnection()) {
            if (Instrumented.isInstrumented(side)) {
                reads = READS;
                return null;
            }
            Map<String, Long> contents = new HashMap<>();
            for (String table : tables(side)) {
                contents.put(table, content(side, table));
            }
            return contents;
        } catch (SQLException unreadable) {
            reads = READS;
            return null;
        }
    }

    private List<String> tables(Connection side) throws SQLException {
        List<String> known = tables;
        if (known == null) {
            known = new ArrayList<>();
            DatabaseMetaData about = side.getMetaData();
            String quote = about.getIdentifierQuoteString().strip();
            try (ResultSet rows = about.getTables(side.getCatalog(), side.getSchema(), "%", null)) {
                while (rows.next() && known.size() < TABLES) {
                    if (KINDS.contains(rows.getString("TABLE_TYPE"))) {
                        known.add(quote + rows.getString("TABLE_NAME") + quote);
                    }
                }
            }
            tables = known;
        }
        return known;
    }

    /** Returns a number that is the same for the same rows, in whatever order. A table with many rows is no table of a test. */
    private static long content(Connection side, String table) throws SQLException {
        long content = 0;
        int number = 0;
        try (Statement query = side.createStatement()) {
            query.setQueryTimeout(SECONDS);
            query.setMaxRows(ROWS + 1);
            try (ResultSet rows = query.executeQuery("SELECT * FROM " + table)) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    long row = 1;
                    for (int column = 1; column <= columns; column++) {
                        String value = rows.getString(column);
                        row = row * 31 + (value == null ? 0 : value.hashCode());
                    }
                    content += row * row + 1;
                    number++;
                }
            }
        }
        return number > ROWS ? 0 : content;
    }
}
