package io.github.atleastonce.archrules.rules;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a statement of SQL does when it is run again, as far as its text tells. */
final class SqlText {

    private static final Pattern CHANGES =
            Pattern.compile("(?is)^\\s*(with\\b.*\\b)?(insert|update|delete|merge|upsert|replace)\\b.*\\b.*");

    private static final Pattern INSERT_ONCE = Pattern.compile(
            "\\binsert (or )?ignore\\b|\\bon conflict\\b|\\bon duplicate key\\b|\\bnot exists\\b|\\bmerge into\\b|\\b(insert or )?replace into\\b|^upsert\\b");

    private static final Pattern CHANGED = Pattern.compile("^(?:delete from|update) ([\\w.\"]+)");

    private static final Pattern SET = Pattern.compile("\\bset (.*?)( where (.*))?( returning .*)?$");

    /** Comes to the same each time: a parameter, a constant, the time. */
    private static final Pattern VALUE = Pattern.compile(
            "(\\?\\d*|:\\w+|\\$\\d+|'[^']*'|[\\d.]+|null|true|false|default|excluded\\.\\w+|values ?\\(\\w+\\)|\\w+\\.\\w+|now ?\\(\\)|current_timestamp|current_date)(::\\w+)?");

    private final String text;

    private SqlText(String text) {
        this.text = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    }

    static boolean isChange(String text) {
        return CHANGES.matcher(text).matches();
    }

    /** Puts the row in only if it is not there, and says whether it did. */
    static boolean insertsOnce(String text) {
        return INSERT_ONCE.matcher(new SqlText(text).text).find();
    }

    /** The table that rows are deleted from, or marked in; of other statements none. */
    static Optional<String> changedTable(String text) {
        Matcher matcher = CHANGED.matcher(new SqlText(text).text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Reads rows of the table. */
    static boolean asks(String text, String table) {
        return Pattern.compile("^select .* from " + Pattern.quote(table) + "( .*)?$")
                .matcher(new SqlText(text).text)
                .matches();
    }

    /** Leaves what the first run left. */
    static boolean isRepeatable(String text) {
        return new SqlText(text).isRepeatable();
    }

    private boolean isRepeatable() {
        if (text.startsWith("delete")) {
            return true;
        }
        boolean refuses = INSERT_ONCE.matcher(text).find();
        Matcher set = SET.matcher(text);
        if (!set.find()) {
            return refuses;
        }
        String where = set.group(3) == null ? "" : set.group(3);
        boolean plain = true;
        Set<String> changed = new HashSet<>();
        for (String assignment : set.group(1).split(",(?![^(]*\\))")) {
            String[] sides = assignment.split("=", 2);
            changed.add(sides[0].strip().replaceFirst("^.*\\.", ""));
            plain &= sides.length == 2 && VALUE.matcher(sides[1].strip()).matches();
        }
        boolean update = text.startsWith("update") || text.startsWith("with");
        return plain && (update || refuses) || changed.stream().anyMatch(column -> asksFor(where, column));
    }

    /** After the first run the row is not found any more: its state has gone on. */
    private static boolean asksFor(String where, String column) {
        return Pattern.compile("\\b" + Pattern.quote(column) + " ?(=|is\\b|in ?\\()")
                .matcher(where)
                .find();
    }
}
