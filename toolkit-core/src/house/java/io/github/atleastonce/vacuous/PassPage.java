package io.github.atleastonce.vacuous;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page that lists the ways: what stands there is what the tables say. {@code -Dgolden.write=true} writes it anew. */
public final class PassPage {

    private static final Path PAGE =
            Path.of(System.getProperty("basedir", ".")).resolve("../docs/what-a-pass-means.md");

    private PassPage() {}

    /**
     * Fails if a section of the page does not list these ways.
     *
     * @param section the name of the section, as its marker has it
     * @param ways what it is to list
     */
    public static void lists(String section, List<Way> ways) {
        String begin = "<!-- ways: " + section + " -->\n";
        String end = "<!-- end -->\n";
        try {
            String page = Files.readString(PAGE);
            int from = page.indexOf(begin) + begin.length();
            int to = page.indexOf(end, from);
            if (from < begin.length() || to < 0) {
                throw new AssertionError(PAGE + " has no section " + begin);
            }
            String wanted = page.substring(0, from) + table(ways) + page.substring(to);
            if (Boolean.getBoolean("golden.write")) {
                Files.writeString(PAGE, wanted);
            } else if (!wanted.equals(page)) {
                throw new AssertionError(PAGE + " does not say what the table '" + section
                        + "' has: run this test with -Dgolden.write=true, and read what changes.");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String table(List<Way> ways) {
        StringBuilder table =
                new StringBuilder("| # | where | what the test does | what you are told |\n|---|---|---|---|\n");
        for (Way way : ways) {
            table.append("| ")
                    .append(way.id())
                    .append(" | ")
                    .append(way.room().title())
                    .append(" | ")
                    .append(cell(way.does()))
                    .append(" | ")
                    .append(way.state() == Way.State.OPEN ? "*nothing yet*; it should be: " : "")
                    .append(cell(way.told()))
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
