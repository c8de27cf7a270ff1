package io.github.atleastonce.examples.bugcorpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The page of the documentation that has the tables of the corpus, each between two marks. */
final class CorpusPage {

    private static final Path PAGE = Path.of("..", "..", "docs", "bug-corpus.md");
    private static final Pattern SECONDS = Pattern.compile("\\d+\\.\\d s");

    private CorpusPage() {}

    /** Says whether the tables are to be written instead of compared. */
    static boolean isWritten() {
        return Boolean.getBoolean("golden.write");
    }

    /** Writes a table. */
    static void write(String table, List<String> lines) {
        String page = read();
        int begin = page.indexOf(mark(table, "begin")) + mark(table, "begin").length();
        String rest = page.substring(page.indexOf(mark(table, "end")));
        try {
            Files.writeString(PAGE, page.substring(0, begin) + "\n" + String.join("\n", lines) + "\n" + rest);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns the lines of a table, without the seconds: those are another machine's. */
    static List<String> lines(String table) {
        String page = read();
        String begin = mark(table, "begin");
        return page.substring(page.indexOf(begin) + begin.length(), page.indexOf(mark(table, "end")))
                .lines()
                .filter(line -> !line.isBlank())
                .map(CorpusPage::withoutSeconds)
                .toList();
    }

    static String withoutSeconds(String line) {
        return SECONDS.matcher(line).replaceAll("… s");
    }

    private static String mark(String table, String end) {
        return "<!-- " + table + ": " + end + " -->";
    }

    private static String read() {
        try {
            return Files.readString(PAGE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
