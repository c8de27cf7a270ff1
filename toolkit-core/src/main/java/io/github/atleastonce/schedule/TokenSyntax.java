package io.github.atleastonce.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes the text of deviations; names may hold any character, so a few are escaped as {@code %XX}. */
final class TokenSyntax {

    private static final String RESERVED = "%(),+~'\"\\$`";

    private static final Pattern DEVIATION = Pattern.compile(
            "(?<fault>[a-z_]+)\\((?<point>[^(),+~]*)(?:,(?<argument>[^(),+~]*))?\\)(?:~(?<nth>[1-9][0-9]{0,8}))?");

    private TokenSyntax() {}

    static String escape(String name) {
        StringBuilder text = null;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean reserved = c < ' ' || RESERVED.indexOf(c) >= 0;
            if (reserved && text == null) {
                text = new StringBuilder(name.length() + 8).append(name, 0, i);
            }
            if (text != null) {
                if (reserved) {
                    text.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
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
                throw malformed(token, "'" + part + "' is not of the form fault(point) or fault(point,argument)");
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
        return new IllegalArgumentException("The replay token '" + token + "' cannot be read: " + why
                + ". A token looks like 1:crash(a<b[k1]/commit).");
    }

    private static Fault fault(String word, String token) {
        for (Fault fault : Fault.values()) {
            if (fault.word().equals(word)) {
                return fault;
            }
        }
        throw malformed(token, "there is no fault '" + word + "'");
    }

    private static String unescape(String text, String token) {
        StringBuilder name = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                name.append(c);
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low < 0) {
                throw malformed(token, "'%' wants two hexadecimal digits after it");
            }
            name.append((char) (high * 16 + low));
            i += 2;
        }
        return name.toString();
    }
}
