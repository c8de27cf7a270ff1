package io.github.atleastonce.report;

/** Text between the tags of a page: nothing that a service or a test has written becomes markup. */
final class Html {

    private Html() {}

    static String text(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        String printable = Printable.escaped(text);
        for (int i = 0; i < printable.length(); i++) {
            char letter = printable.charAt(i);
            switch (letter) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(letter);
            }
        }
        return safe.toString();
    }
}
