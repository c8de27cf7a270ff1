package io.github.atleastonce.archrules.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Lays JSON out one attribute a line, so that a review sees what changed. Avro's own layout differs by its version. */
final class JsonLayout {

    private JsonLayout() {}

    static List<String> lines(String json) {
        JsonFactory factory = new JsonFactory();
        StringWriter text = new StringWriter();
        try (JsonParser parser = factory.createParser(json);
                JsonGenerator generator = factory.createGenerator(text)) {
            generator.setPrettyPrinter(new DefaultPrettyPrinter());
            while (parser.nextToken() != null) {
                generator.copyCurrentEvent(parser);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().lines().toList();
    }
}
