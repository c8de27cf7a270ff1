package io.github.atleastonce.jdbc;

import io.github.atleastonce.state.Snapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads all rows of all tables of a database, and how these are defined, as a text that is the same for the same of both. */
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
            return all.isEmpty() ? List.of(DEFINED) : List.of(String.join(" UNION ALL ", all), DEFINED);
        }

        @Override
        @Nullable
        String beside() {
            return "SELECT 'large objects' WHERE EXISTS (SELECT FROM pg_largeobject_metadata)"
                    + " UNION ALL SELECT 'foreign tables' WHERE EXISTS (SELECT FROM pg_class WHERE relkind = 'f')"
                    + " UNION ALL SELECT 'temporary tables' WHERE EXISTS"
                    + " (SELECT FROM pg_class WHERE relpersistence = 't' AND relkind IN ('r', 'S'))"
                    + " UNION ALL SELECT 'advisory locks' WHERE EXISTS (SELECT FROM pg_locks JOIN pg_database"
                    + " ON pg_database.oid = database WHERE locktype = 'advisory' AND datname = current_database())";
        }
    },

    H2("SELECT '\"' || TABLE_SCHEMA || '\".\"' || TABLE_NAME || '\"', 'r' FROM INFORMATION_SCHEMA.TABLES"
            + " WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA <> 'INFORMATION_SCHEMA' ORDER BY 1") {

        @Override
        String question(String table, boolean sequence) {
            return "SELECT " + literal(table) + ", * FROM " + table;
        }

        /** The script tells how far sequences and identities have counted, too. */
        @Override
        List<String> questions(List<String> all) {
            List<String> more = new ArrayList<>(all);
            more.add("SCRIPT NODATA NOPASSWORDS NOSETTINGS");
            return more;
        }

        /** Leaves out what H2 estimates of a column, by itself, after some thousand changes, and tells with its definition. */
        @Override
        String plain(String row) {
            return row.startsWith("CREATE ") ? row.replaceAll(" SELECTIVITY \\d+", "") : row;
        }
    };

    private static final int ROWS = 5_000;
    private static final int SECONDS = 2;

    private static final String OWN = " n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'";
    private static final String RELATIONS =
            " JOIN pg_class c ON c.oid = %s JOIN pg_namespace n ON n.oid = relnamespace";

    /** What decides what becomes of rows, though there may be none yet. */
    private static final String DEFINED = String.join(
            " UNION ALL ",
            "SELECT 'relation', n.nspname || '.' || relname, concat_ws(' ', relkind, relpersistence, relrowsecurity,"
                    + " relforcerowsecurity, relacl, pg_get_partkeydef(c.oid), pg_get_expr(relpartbound, c.oid),"
                    + " CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END)"
                    + " FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE" + OWN,
            "SELECT 'column', n.nspname || '.' || relname, concat_ws(' ', attname, format_type(atttypid, atttypmod),"
                    + " attnotnull, attidentity, attgenerated, pg_get_expr(adbin, adrelid))"
                    + " FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
                    + RELATIONS.formatted("attrelid") + " WHERE attnum > 0 AND NOT attisdropped AND" + OWN,
            "SELECT 'index', indisvalid::text, pg_get_indexdef(indexrelid) FROM pg_index"
                    + RELATIONS.formatted("indexrelid") + " WHERE" + OWN,
            "SELECT 'constraint', n.nspname || '.' || conname, concat_ws(' ', conrelid::regclass,"
                    + " pg_get_constraintdef(k.oid)) FROM pg_constraint k JOIN pg_namespace n ON n.oid = connamespace"
                    + " WHERE" + OWN,
            "SELECT 'trigger', tgenabled::text, pg_get_triggerdef(t.oid) FROM pg_trigger t"
                    + RELATIONS.formatted("tgrelid") + " WHERE NOT tgisinternal AND" + OWN,
            "SELECT 'rule', n.nspname || '.' || relname, pg_get_ruledef(r.oid) FROM pg_rewrite r"
                    + RELATIONS.formatted("ev_class") + " WHERE rulename <> '_RETURN' AND" + OWN,
            "SELECT 'function', n.nspname, pg_get_functiondef(p.oid) FROM pg_proc p"
                    + " JOIN pg_namespace n ON n.oid = pronamespace WHERE prokind IN ('f', 'p') AND" + OWN,
            "SELECT 'label', n.nspname || '.' || typname, enumlabel || ' ' || enumsortorder FROM pg_enum"
                    + " JOIN pg_type t ON t.oid = enumtypid JOIN pg_namespace n ON n.oid = typnamespace WHERE" + OWN,
            "SELECT 'sequence', n.nspname || '.' || relname, concat_ws(' ', seqstart, seqincrement, seqmax, seqmin, seqcycle)"
                    + " FROM pg_sequence" + RELATIONS.formatted("seqrelid") + " WHERE" + OWN,
            "SELECT 'policy', '', p::text FROM pg_policies p");

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

    /** Returns a row without what is the database's own affair. */
    String plain(String row) {
        return row;
    }

    /** Asks for what the database keeps that is in no rows, in words. */
    @Nullable
    String beside() {
        return null;
    }

    /** Returns all rows, or null if there is more than a test has. */
    @Nullable
    String rows(Connection side, Snapshot into) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = side.createStatement()) {
            // Tables may be locked.
            statement.setQueryTimeout(SECONDS);
            String beside = beside();
            if (beside != null) {
                read(statement, beside, rows);
                rows.forEach(what -> into.unseen(what + " of a database"));
            }
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

    private void read(Statement statement, String question, List<String> rows) throws SQLException {
        try (ResultSet found = statement.executeQuery(question)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                StringJoiner row = new StringJoiner("\u001f");
                for (int column = 1; column <= columns; column++) {
                    String value = found.getString(column);
                    row.add(value == null ? "\u0000" : value);
                }
                if (!row.toString().startsWith("--")) {
                    rows.add(plain(row.toString()));
                }
            }
        }
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
