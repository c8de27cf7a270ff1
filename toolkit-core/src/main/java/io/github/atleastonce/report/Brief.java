package io.github.atleastonce.report;

import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Keeps names short, and on one line. What is too long loses its middle, since ends tell keys apart. */
final class Brief {

    private static final int TYPE = 40;
    private static final int KEY = 40;
    private static final int STEP = 64;
    private static final int FAILURE = 64;
    private static final int NAME = 40;
    private static final int PHRASE = 160;
    private static final int STEPS = 8;
    private static final Pattern IDENTITY = Pattern.compile("[\\w.$\\[;/]+@[0-9a-f]+");
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\p{javaWhitespace}]+");

    private Brief() {}

    static String text(String text, int most) {
        if (text.length() <= most && isPlain(text)) {
            return text;
        }
        String line = Printable.escaped(BREAKS.matcher(text).replaceAll(" ").strip());
        int length = line.codePointCount(0, line.length());
        if (length <= most) {
            return line;
        }
        int tail = (most - 1) / 3;
        int head = most - 1 - tail;
        return line.substring(0, line.offsetByCodePoints(0, head)) + "…"
                + line.substring(line.offsetByCodePoints(line.length(), -tail));
    }

    /** Most texts need nothing, and some are asked for once a schedule. */
    private static boolean isPlain(String text) {
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter < ' ' || letter > '~' || letter == ' ' && before == ' ') {
                return false;
            }
            before = letter;
        }
        return before != ' ' || text.isEmpty();
    }

    static String step(String step) {
        return text(step, STEP);
    }

    static String name(String name) {
        return text(name, NAME);
    }

    static String phrase(String phrase) {
        return text(phrase, PHRASE);
    }

    /** Joins the first entries and the last, and says how many it left out. */
    static String list(List<String> entries, String separator) {
        if (entries.size() <= STEPS) {
            return String.join(separator, entries);
        }
        List<String> shown = new ArrayList<>(entries.subList(0, STEPS - 2));
        shown.add("… " + (entries.size() - STEPS + 1) + " more");
        shown.add(entries.get(entries.size() - 1));
        return String.join(separator, shown);
    }

    /** Names a message by its type and its real key, or by its content if it has no key. */
    static String message(StoredMessage stored, Wording wording) {
        Message message = stored.message();
        if (stored.kind() == StoredMessage.Kind.POISON) {
            return "unreadable record";
        }
        String key = message.key();
        String type = text(message.type(), TYPE);
        return key == null ? content(message, type, wording) : type + "(" + text(wording.of(key), KEY) + ")";
    }

    static String failure(Throwable failure, Wording wording) {
        String message = failure.getMessage();
        String type = failure.getClass().getSimpleName();
        return message == null || message.isBlank() ? type : type + ": " + text(wording.of(message), FAILURE);
    }

    static String duration(Duration time) {
        StringBuilder text = new StringBuilder();
        part(text, time.toDays(), "d");
        part(text, time.toHoursPart(), "h");
        part(text, time.toMinutesPart(), "min");
        part(text, time.toSecondsPart(), "s");
        part(text, time.toMillisPart(), "ms");
        part(text, time.toNanosPart() % 1_000_000, "ns");
        return text.isEmpty() ? "0 s" : text.toString();
    }

    private static String content(Message message, String type, Wording wording) {
        Object payload = message.payload();
        if (payload instanceof CharSequence words) {
            return type + " \"" + text(wording.of(words.toString()), KEY) + "\"";
        }
        String content;
        try {
            content = payload.toString();
        } catch (RuntimeException unprintable) {
            return type;
        }
        if (content.isBlank()
                || payload.getClass().isArray()
                || IDENTITY.matcher(content).matches()) {
            return type;
        }
        String worded = wording.of(content);
        return content.startsWith(message.type()) ? text(worded, TYPE) : type + " " + text(worded, KEY);
    }

    private static void part(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(text.isEmpty() ? "" : " ").append(number).append(' ').append(unit);
        }
    }
}
