package io.github.atleastonce.jdbc;

import io.github.atleastonce.history.Step;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What kind of statement an SQL text is, and which table it is about; only as much as names a step.
 *
 * @param kind the first word that says what is done, in lower case
 * @param table the table in lower case and without its schema, or null
 * @param name the step's name, for example {@code insert orders}
 */
record SqlStep(String kind, @Nullable String table, String name) implements Step {

    private static final Set<String> HARMLESS = Set.of(
            "select",
            "show",
            "set",
            "values",
            "explain",
            "fetch",
            "begin",
            "start",
            "savepoint",
            "release",
            "listen",
            "nextval");

    /** What databases, and Hibernate for each of them, write to get a number from a sequence. */
    private static final Pattern SEQUENCE = Pattern.compile("(?is)(?:/\\*.*?\\*/|\\s)*+(?:select|call|values)\\s+"
            + "(?:next\\s+value\\s+for\\s+[^\\s,;()]+|nextval\\s*\\([^()]*\\)|\\S+\\.nextval)"
            + "(?:\\s+(?:as\\s+)?\\w+)?(?:\\s+from\\s+(?:dual|sysibm\\.sysdummy1))?\\s*;?\\s*");

    private static final SqlStep NEXT_VALUE = new SqlStep("nextval", null, "nextval");

    static final SqlStep UNKNOWN = new SqlStep("execute", null, "execute");
    static final SqlStep COMMIT = new SqlStep("commit", null, "commit");
    static final SqlStep ROLLBACK = new SqlStep("rollback", null, "rollback");
    static final SqlStep ROLLBACK_TO_SAVEPOINT = new SqlStep("rollback to savepoint", null, "rollback to savepoint");

    static SqlStep of(String sql) {
        return SEQUENCE.matcher(sql).matches() ? NEXT_VALUE : new Words(sql).step();
    }

    static SqlStep of(String kind, @Nullable String table) {
        return new SqlStep(kind, table, table == null ? kind : kind + " " + table);
    }

    /** Whether the text itself ends a transaction. */
    boolean endsTransaction() {
        return kind.equals("commit") || kind.equals("rollback") || kind.equals("end") || kind.equals("abort");
    }

    @Override
    public boolean changesNothing() {
        return endsTransaction() || isHarmless();
    }

    /** Whether it only reads, or prepares for reading: a crash before or after it makes no difference to anybody. */
    boolean isHarmless() {
        return HARMLESS.contains(kind);
    }

    /**
     * Whether it gets a number from a sequence, which is no part of any transaction and waits for nobody. Who keeps a block of them in memory, as Hibernate does, asks
     * for the next one in some runs and not in others.
     */
    boolean isOfSequence() {
        return this == NEXT_VALUE;
    }

    boolean isCommit() {
        return kind.equals("commit") || kind.equals("end");
    }

    /**
     * A statement that was executed.
     *
     * @param statement what kind of statement
     * @param rows how many rows it changed; empty if it gave rows or nothing
     */
    record Executed(SqlStep statement, OptionalLong rows) implements Step {

        @Override
        public String name() {
            return statement.name();
        }

        @Override
        public @Nullable Counterpart counterpart() {
            return statement.table() == null ? null : new Counterpart(Counterpart.Kind.TABLE, statement.table());
        }

        /** One row is what everybody expects. */
        @Override
        public String remark() {
            return rows.orElse(1) == 1 ? "" : "(" + rows.getAsLong() + " rows)";
        }

        @Override
        public boolean changesNothing() {
            return rows.isEmpty();
        }
    }

    /** Reads an SQL text word by word, past comments, texts and whatever stands in parentheses. */
    private static final class Words {

        private final String sql;
        private int at;

        Words(String sql) {
            this.sql = sql;
        }

        SqlStep step() {
            String kind = lower(next());
            if (kind.equals("with")) {
                do {
                    kind = lower(next());
                } while (!kind.isEmpty() && !isVerb(kind));
            }
            return switch (kind) {
                case "insert", "merge" -> SqlStep.of(kind, table("into"));
                case "delete", "select" -> SqlStep.of(kind, table("from"));
                case "update" -> SqlStep.of(kind, name(next()));
                case "call" -> SqlStep.of(kind, name(next()));
                case "truncate" -> SqlStep.of(kind, table("table"));
                case "" -> UNKNOWN;
                default -> SqlStep.of(kind, null);
            };
        }

        private static boolean isVerb(String word) {
            return switch (word) {
                case "insert", "update", "delete", "select", "merge" -> true;
                default -> false;
            };
        }

        private @Nullable String table(String after) {
            for (String word = next(); !word.isEmpty(); word = next()) {
                if (word.equalsIgnoreCase(after)) {
                    return name(next());
                }
            }
            return null;
        }

        private @Nullable String name(String word) {
            if (word.equalsIgnoreCase("only")) {
                return name(next());
            }
            String last =
                    word.substring(word.lastIndexOf('.') + 1).replace("\"", "").replace("`", "");
            return last.isEmpty() ? null : lower(last);
        }

        private static String lower(String word) {
            return word.toLowerCase(Locale.ROOT);
        }

        private String next() {
            int depth = 0;
            while (at < sql.length()) {
                char c = sql.charAt(at);
                if (c == '-' && sql.startsWith("--", at)) {
                    skipTo("\n", 2);
                } else if (c == '/' && sql.startsWith("/*", at)) {
                    skipTo("*/", 2);
                } else if (c == '\'') {
                    skipTo("'", 1);
                } else if (c == '(') {
                    depth++;
                    at++;
                } else if (c == ')') {
                    depth--;
                    at++;
                } else if (isPartOfName(c)) {
                    String word = word();
                    if (depth <= 0) {
                        return word;
                    }
                } else {
                    at++;
                }
            }
            return "";
        }

        private String word() {
            int from = at;
            boolean quoted = false;
            while (at < sql.length() && (quoted || isPartOfName(sql.charAt(at)))) {
                if (sql.charAt(at) == '"') {
                    quoted = !quoted;
                }
                at++;
            }
            return sql.substring(from, at);
        }

        private static boolean isPartOfName(char c) {
            return Character.isJavaIdentifierPart(c) || c == '.' || c == '"' || c == '`';
        }

        private void skipTo(String end, int from) {
            int found = sql.indexOf(end, at + from);
            at = found < 0 ? sql.length() : found + end.length();
        }
    }
}
