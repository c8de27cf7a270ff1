package io.github.atleastonce.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes the text of deviations; names may hold any character, so a few are escaped as {@code %XX}. */
final class TokenSyntax {

    private static final String RESERVED = "%(),+~'\"\\$`";

    private static final int SHOWN = 120;

    private static final Pattern DEVIATION = Pattern.compile(
            "(?<fault>[a-z_]+)\\((?<point>[^(),+~]*)(?:,(?<argument>[^(),+~]*))?\\)(?:~(?<nth>[1-9][0-9]{0,8}))?");

    private TokenSyntax() {}

    static String escape(String name) {
        StringBuilder text = null;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean reserved = RESERVED.indexOf(c) >= 0 || isHidden(c);
            if (reserved && text == null) {
                text = new StringBuilder(name.length() + 8).append(name, 0, i);
            }
            if (text != null) {
                if (reserved) {
                    text.append(String.format(Locale.ROOT, c < 0x100 ? "%%%02X" : "%%u%04X", (int) c));
                } else {
                    text.append(c);
                }
            }
        }
        return text == null ? name : text.toString();
    }

    static List<Deviation> parse(String text, String token) {
        List<Deviation> deviations = new ArrayList<>();
        for (String part : text.split("\\+", -1)) {
            Matcher matcher = DEVIATION.matcher(part.strip());
            if (!matcher.matches()) {
                throw malformed(
                        token, "'" + shown(part) + "' is not of the form fault(point) or fault(point,argument)");
            }
            String nth = matcher.group("nth");
            String argument = matcher.group("argument");
            deviations.add(new Deviation(
                    fault(matcher.group("fault"), token),
                    unescape(matcher.group("point"), token),
                    argument == null ? "" : unescape(argument, token),
                    nth == null ? 1 : Integer.parseInt(nth)));
        }
        return deviations;
    }

    static IllegalArgumentException malformed(String token, String why) {
        return new IllegalArgumentException("The replay token '" + shown(token) + "' cannot be read: " + why
                + ". A token looks like 1:crash(a<b[k1]/commit).");
    }

    /** Shows a text that need not be a token: short, and with nothing in it that a screen obeys. */
    static String shown(String text) {
        String begin = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        StringBuilder shown = new StringBuilder(begin.length());
        begin.chars().forEach(c -> shown.append(isHidden((char) c) ? '\ufffd' : (char) c));
        return shown.toString();
    }

    /** What moves a cursor, breaks a line or turns the direction of writing. */
    private static boolean isHidden(char c) {
        if (c >= ' ' && c <= '~') {
            return false;
        }
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static Fault fault(String word, String token) {
        for (Fault fault : Fault.values()) {
            if (fault.word().equals(word)) {
                return fault;
            }
        }
        throw malformed(token, "there is no fault '" + shown(word) + "'");
    }

    private static String unescape(String text, String token) {
        StringBuilder name = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                name.append(c);
                continue;
            }
            boolean wide = i + 1 < text.length() && text.charAt(i + 1) == 'u';
            int begin = wide ? i + 2 : i + 1;
            int end = begin + (wide ? 4 : 2);
            int code = 0;
            for (int j = begin; j < end; j++) {
                int digit = j < text.length() ? Character.digit(text.charAt(j), 16) : -1;
                if (digit < 0) {
                    throw malformed(token, "'%' wants two hexadecimal digits after it, and '%u' four");
                }
                code = code * 16 + digit;
            }
            name.append((char) code);
            i = end - 1;
        }
        return name.toString();
    }
}
