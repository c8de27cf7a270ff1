package io.github.atleastonce.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads all rows of all tables of a database, as a text that is the same for the same rows. */
enum TableReader {

    /** Tables in one question, since each takes a way to the server and back. */
    POSTGRESQL("SELECT quote_ident(nspname) || '.' || quote_ident(relname), relkind FROM pg_class"
            + " JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            + " WHERE relkind IN ('r', 'm', 'S') AND nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'"
            + " ORDER BY 1") {

        @Override
        String question(String table, boolean sequence) {
            return sequence
                    ? "SELECT " + literal(table) + ", last_value || ' ' || is_called FROM " + table
                    : "SELECT " + literal(table) + ", t::text FROM " + table + " t";
        }

        @Override
        List<String> questions(List<String> all) {
            return all.isEmpty() ? all : List.of(String.join(" UNION ALL ", all));
        }
    },

    H2("SELECT '\"' || TABLE_SCHEMA || '\".\"' || TABLE_NAME || '\"', 'r' FROM INFORMATION_SCHEMA.TABLES"
            + " WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA <> 'INFORMATION_SCHEMA' ORDER BY 1") {

        @Override
        String question(String table, boolean sequence) {
            return "SELECT " + literal(table) + ", * FROM " + table;
        }

        @Override
        List<String> questions(List<String> all) {
            List<String> more = new ArrayList<>(all);
            more.add("SELECT TABLE_NAME, COLUMN_NAME, IDENTITY_BASE FROM INFORMATION_SCHEMA.COLUMNS"
                    + " WHERE IDENTITY_BASE IS NOT NULL");
            more.add("SELECT SEQUENCE_SCHEMA, SEQUENCE_NAME, BASE_VALUE FROM INFORMATION_SCHEMA.SEQUENCES"
                    + " WHERE SEQUENCE_NAME NOT LIKE 'SYSTEM\\_SEQUENCE\\_%'");
            return more;
        }
    };

    private static final int ROWS = 5_000;

    private final String tables;

    TableReader(String tables) {
        this.tables = tables;
    }

    /** Returns who reads such a database, or null if nobody does. */
    static @Nullable TableReader of(Connection side) throws SQLException {
        return switch (side.getMetaData().getDatabaseProductName()) {
            case "PostgreSQL" -> POSTGRESQL;
            case "H2" -> H2;
            default -> null;
        };
    }

    abstract String question(String table, boolean sequence);

    abstract List<String> questions(List<String> all);

    /** Returns all rows, or null if there are too many for a test's. */
    @Nullable
    String rows(Connection side) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = side.createStatement()) {
            List<String> questions = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(tables)) {
                while (found.next()) {
                    questions.add(
                            question(found.getString(1), found.getString(2).equals("S")));
                }
            }
            statement.setMaxRows(ROWS + 1);
            for (String question : questions(questions)) {
                read(statement, question, rows);
            }
        }
        // Where a database keeps its rows is its own affair.
        Collections.sort(rows);
        return rows.size() > ROWS ? null : String.join("\n", rows);
    }

    private static void read(Statement statement, String question, List<String> rows) throws SQLException {
        try (ResultSet found = statement.executeQuery(question)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                StringJoiner row = new StringJoiner("\u001f");
                for (int column = 1; column <= columns; column++) {
                    String value = found.getString(column);
                    row.add(value == null ? "\u0000" : value);
                }
                rows.add(row.toString());
            }
        }
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
