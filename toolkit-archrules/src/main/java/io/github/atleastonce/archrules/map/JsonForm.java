package io.github.atleastonce.archrules.map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes a map as JSON and reads it again. */
final class JsonForm {

    private static final int VERSION = 1;

    private JsonForm() {}

    static String text(CouplingMap map) {
        StringWriter text = new StringWriter();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines));
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeObjectFieldStart("contexts");
            for (Map.Entry<String, ContextNode> entry : map.contexts().entrySet()) {
                json.writeObjectFieldStart(entry.getKey());
                write(json, entry.getValue());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private static void write(JsonGenerator json, ContextNode node) throws IOException {
        writeNames(json, "publishes", node.publishes());
        writeNames(json, "consumes", node.consumes());
        json.writeObjectFieldStart("calls");
        for (Map.Entry<String, SortedSet<String>> call : node.calls().entrySet()) {
            writeNames(json, call.getKey(), call.getValue());
        }
        json.writeEndObject();
        writeNumbers(json, "budgets", node.budgets());
        writeNumbers(json, "coverage", node.coverage());
        writeNames(json, "notUnderstood", node.notUnderstood());
    }

    private static void writeNumbers(JsonGenerator json, String field, SortedMap<String, Integer> numbers)
            throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, Integer> number : numbers.entrySet()) {
            json.writeNumberField(number.getKey(), number.getValue());
        }
        json.writeEndObject();
    }

    private static void writeNames(JsonGenerator json, String field, SortedSet<String> names) throws IOException {
        json.writeArrayFieldStart(field);
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }

    static CouplingMap read(String text) {
        SortedMap<String, ContextNode> contexts = new TreeMap<>();
        boolean known = false;
        try (JsonParser json = new JsonFactory().createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("version")) {
                    known = json.getIntValue() == VERSION;
                } else if (field.equals("contexts")) {
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        String name = json.currentName();
                        json.nextToken();
                        contexts.put(name, node(json));
                    }
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("This is no coupling map: " + e.getMessage(), e);
        }
        if (!known) {
            throw new IllegalArgumentException("This is no coupling map of version " + VERSION + ".");
        }
        return new CouplingMap(contexts);
    }

    private static ContextNode node(JsonParser json) throws IOException {
        ContextNode node = ContextNode.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "publishes" -> node.publishes().addAll(names(json));
                case "consumes" -> node.consumes().addAll(names(json));
                case "calls" -> {
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        String to = json.currentName();
                        json.nextToken();
                        node.calls().put(to, names(json));
                    }
                }
                case "budgets" -> node.budgets().putAll(numbers(json));
                case "coverage" -> node.coverage().putAll(numbers(json));
                case "notUnderstood" -> node.notUnderstood().addAll(names(json));
                default -> json.skipChildren();
            }
        }
        return node;
    }

    private static SortedMap<String, Integer> numbers(JsonParser json) throws IOException {
        SortedMap<String, Integer> numbers = new TreeMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            numbers.put(name, json.getIntValue());
        }
        return numbers;
    }

    private static SortedSet<String> names(JsonParser json) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            names.add(json.getText());
        }
        return names;
    }
}
