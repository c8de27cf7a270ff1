package io.github.atleastonce.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills pages, which look alike. */
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final String STYLE = "page.css";

    private Template() {}

    /** In one go: what a service has written may look like a place of the template. */
    static String filled(String file, Map<String, String> parts) {
        Map<String, String> all = new HashMap<>(parts);
        all.put("style", read(STYLE).strip());
        all.put("drawingstyle", read("drawing.css").strip());
        all.put("drawingscript", read("drawing.js").strip());
        return PLACE.matcher(read(file))
                .replaceAll(place -> Matcher.quoteReplacement(all.getOrDefault(place.group(1), "")));
    }

    private static String read(String name) {
        try (InputStream file = Template.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("The jar of the toolkit has no " + name + ".");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
