package io.github.atleastonce.archrules.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads the texts of Avro schemas. Texts go in and out, so that only this class and those that compare need Avro. */
final class AvroSchemas {

    private AvroSchemas() {}

    /** The schema of a record; empty if the text is something else, or needs other texts to be read. */
    static Optional<String> parse(String text) {
        try {
            Schema schema = new Schema.Parser().parse(text);
            return schema.getType() == Schema.Type.RECORD ? Optional.of(schema.toString()) : Optional.empty();
        } catch (AvroRuntimeException e) {
            return Optional.empty();
        }
    }

    static String nameOf(String text) {
        return schemaOf(text).getFullName();
    }

    static Schema schemaOf(String text) {
        return new Schema.Parser().parse(text);
    }

    /** All named types that the text defines. */
    static Set<String> namesIn(String text) {
        Set<String> names = new TreeSet<>();
        collectNames(schemaOf(text), names);
        return names;
    }

    private static void collectNames(Schema schema, Set<String> names) {
        switch (schema.getType()) {
            case RECORD -> {
                if (names.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> collectNames(field.schema(), names));
                }
            }
            case ARRAY -> collectNames(schema.getElementType(), names);
            case MAP -> collectNames(schema.getValueType(), names);
            case UNION -> schema.getTypes().forEach(branch -> collectNames(branch, names));
            default -> {
                // has no records inside
            }
        }
    }

    /** The different texts by the record they describe, without the named ones and those that are part of another. */
    static Map<String, Set<String>> distinctOf(List<String> texts, Set<String> without) {
        Map<String, Set<String>> distinct = new TreeMap<>();
        Set<String> parts = new TreeSet<>();
        for (String text : texts) {
            String name = nameOf(text);
            distinct.computeIfAbsent(name, key -> new TreeSet<>()).add(text);
            namesIn(text).stream().filter(part -> !part.equals(name)).forEach(parts::add);
        }
        distinct.keySet().removeAll(without);
        distinct.keySet().removeAll(parts);
        return distinct;
    }

    /** Files may name types of other files; whichever of them can be read goes first. */
    static List<String> readFiles(Path directory) {
        Map<String, Schema> known = new LinkedHashMap<>();
        List<String> texts = new ArrayList<>();
        List<Path> open = files(directory);
        while (!open.isEmpty()) {
            List<Path> unread = new ArrayList<>();
            String reason = "";
            for (Path file : open) {
                Schema.Parser parser = new Schema.Parser();
                parser.addTypes(known.values());
                try {
                    Schema schema = parser.parse(Files.readString(file));
                    parser.getTypes().forEach(known::putIfAbsent);
                    if (schema.getType() == Schema.Type.RECORD) {
                        texts.add(schema.toString());
                    }
                } catch (AvroRuntimeException e) {
                    unread.add(file);
                    reason = String.valueOf(e.getMessage());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            if (unread.size() == open.size()) {
                throw new IllegalArgumentException(
                        "avroSchemas(…) wants files that Avro can read, but " + unread.get(0) + " is not: " + reason);
            }
            open = unread;
        }
        return texts;
    }

    private static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    "avroSchemas(…) wants a directory with .avsc files, but " + directory + " is none.");
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
