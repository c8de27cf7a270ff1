package io.github.atleastonce.report;

import org.apiguardian.api.API;

/** Makes what comes from elsewhere fit to be printed: nothing in it moves a cursor, forges a line or turns the direction of writing. */
@API(status = API.Status.INTERNAL)
public final class Printable {

    private Printable() {}

    /**
     * Shows control and format characters by their numbers; line breaks stay.
     *
     * @param text any text
     * @return the text, with for example {@code \}{@code u001b} for an escape character
     */
    public static String escaped(String text) {
        StringBuilder shown = null;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            boolean hidden = isHidden(letter);
            if (hidden && shown == null) {
                shown = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (shown != null) {
                if (hidden) {
                    shown.append(String.format("\\u%04x", (int) letter));
                } else {
                    shown.append(letter);
                }
            }
        }
        return shown == null ? text : shown.toString();
    }

    /**
     * Puts a text on one line, escaped; if it is too long it loses its middle.
     *
     * @param text any text
     * @param most how many characters it may have
     * @return one line
     */
    public static String line(String text, int most) {
        return Brief.text(text, most);
    }

    private static boolean isHidden(char letter) {
        if (letter == '\n' || letter == '\t') {
            return false;
        }
        return switch (Character.getType(letter)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            // Emoji are joined by one of these; the others turn the direction of writing, or cannot be seen.
            case Character.FORMAT -> letter != '\u200c' && letter != '\u200d';
            default -> false;
        };
    }
}
