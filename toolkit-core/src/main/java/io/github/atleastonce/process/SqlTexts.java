package io.github.atleastonce.process;

import java.util.ArrayList;
import java.util.List;

/** Parts a text into its statements, as PostgreSQL does with what comes as one simple query. */
final class SqlTexts {

    private SqlTexts() {}

    static List<String> split(String text) {
        List<String> statements = new ArrayList<>(1);
        int from = 0;
        int at = 0;
        while (at < text.length()) {
            char letter = text.charAt(at);
            if (letter == '\'' || letter == '"') {
                at = after(text, String.valueOf(letter), at + 1);
            } else if (letter == '$') {
                at = afterDollars(text, at);
            } else if (text.startsWith("--", at)) {
                at = after(text, "\n", at + 2);
            } else if (text.startsWith("/*", at)) {
                at = after(text, "*/", at + 2);
            } else if (letter == ';') {
                add(statements, text.substring(from, at));
                from = ++at;
            } else {
                at++;
            }
        }
        add(statements, text.substring(from));
        return statements;
    }

    private static void add(List<String> statements, String statement) {
        if (!statement.isBlank()) {
            statements.add(statement);
        }
    }

    /** Returns where a quotation ends that is like $$…$$ or $tag$…$tag$; a number of a parameter begins none. */
    private static int afterDollars(String text, int at) {
        int end = at + 1;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end)) && text.charAt(end) != '$') {
            end++;
        }
        boolean quotes = end < text.length()
                && text.charAt(end) == '$'
                && (end == at + 1 || !Character.isDigit(text.charAt(at + 1)));
        return quotes ? after(text, text.substring(at, end + 1), end + 1) : at + 1;
    }

    private static int after(String text, String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}
