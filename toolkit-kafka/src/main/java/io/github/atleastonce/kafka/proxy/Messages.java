package io.github.atleastonce.kafka.proxy;

import io.github.atleastonce.kafka.proxy.Schema.Field;
import io.github.atleastonce.kafka.proxy.Schema.Type;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The messages that are understood, read from their description. Safe for use by several threads. */
final class Messages {

    private static final String FILE = "messages.txt";

    /** Where a message goes. */
    enum Direction {
        REQUEST,
        RESPONSE
    }

    private record Id(Direction direction, int key, int version) {}

    private record Range(int first, int last) {

        static final Range ALL = new Range(0, Integer.MAX_VALUE);
        static final Range NONE = new Range(1, 0);

        static boolean isOne(String word) {
            return Character.isDigit(word.charAt(0));
        }

        static Range parse(String word) {
            int dash = word.indexOf('-');
            if (dash < 0) {
                return new Range(Integer.parseInt(word), Integer.parseInt(word));
            }
            String last = word.substring(dash + 1);
            return new Range(
                    Integer.parseInt(word.substring(0, dash)),
                    last.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(last));
        }

        boolean has(int version) {
            return first <= version && version <= last;
        }
    }

    private record Described(
            String name, Type type, boolean array, Range versions, Range nullable, int tag, List<Described> inner) {}

    private record Message(String name, Range versions, Range flexible, List<Described> fields) {}

    private final Map<Direction, Map<Integer, Message>> described;
    private final Map<Id, Optional<Schema>> schemas = new ConcurrentHashMap<>();

    private Messages(Map<Direction, Map<Integer, Message>> described) {
        this.described = described;
    }

    static Messages read() {
        try (InputStream file = Messages.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing beside " + Messages.class.getName() + ".");
            }
            return parse(new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns what a message is made of, or empty if it is not understood. */
    Optional<Schema> find(Direction direction, int key, int version) {
        return schemas.computeIfAbsent(new Id(direction, key, version), id -> {
            Message message = described.getOrDefault(direction, Map.of()).get(key);
            return message == null || !message.versions().has(version)
                    ? Optional.empty()
                    : Optional.of(schema(message.fields(), version, message.flexible()));
        });
    }

    Schema request(Api api, int version) {
        return find(Direction.REQUEST, api.key(), version).orElseThrow();
    }

    Schema response(Api api, int version) {
        return find(Direction.RESPONSE, api.key(), version).orElseThrow();
    }

    /** Returns the newest version of an API that is understood, or the newest there can be if the API is only passed on. */
    int newest(int key) {
        return described.values().stream()
                .filter(all -> all.containsKey(key))
                .mapToInt(all -> all.get(key).versions().last())
                .min()
                .orElse(Short.MAX_VALUE);
    }

    private static Schema schema(List<Described> described, int version, Range flexible) {
        boolean compact = flexible.has(version);
        List<Field> fields = new ArrayList<>();
        for (Described field : described) {
            if (field.versions().has(version)) {
                Schema inner = field.type() == Type.STRUCT ? schema(field.inner(), version, flexible) : null;
                fields.add(new Field(
                        field.name(),
                        field.type(),
                        field.array(),
                        field.nullable().has(version),
                        compact ? field.tag() : Schema.NO_TAG,
                        inner));
            }
        }
        return new Schema(fields, compact);
    }

    private static Messages parse(BufferedReader file) throws IOException {
        Map<Direction, Map<Integer, Message>> described = new HashMap<>();
        List<List<Described>> open = new ArrayList<>();
        for (String line = file.readLine(); line != null; line = file.readLine()) {
            if (line.startsWith("#")) {
                continue;
            }
            int depth = line.length() - line.stripLeading().length();
            String[] words = line.strip().split(" ");
            List<Described> below = new ArrayList<>();
            if (depth == 0) {
                Direction direction = Direction.valueOf(words[0].toUpperCase(Locale.ROOT));
                Message message = new Message(words[2], Range.parse(words[3]), Range.parse(words[5]), below);
                described.computeIfAbsent(direction, none -> new HashMap<>()).put(Integer.valueOf(words[1]), message);
            } else {
                open.get(depth - 1).add(field(words, below));
            }
            open = new ArrayList<>(open.subList(0, depth));
            open.add(below);
        }
        return new Messages(described);
    }

    private static Described field(String[] words, List<Described> below) {
        boolean array = words[1].startsWith("[]");
        String type = array ? words[1].substring(2) : words[1];
        Range versions = Range.ALL;
        Range nullable = Range.NONE;
        int tag = Schema.NO_TAG;
        List<String> rest = Arrays.asList(words).subList(2, words.length);
        for (int i = 0; i < rest.size(); i++) {
            boolean more = i + 1 < rest.size();
            switch (rest.get(i)) {
                case "nullable" ->
                    nullable = more && Range.isOne(rest.get(i + 1)) ? Range.parse(rest.get(++i)) : Range.ALL;
                case "tag" -> tag = Integer.parseInt(rest.get(++i));
                default -> versions = Range.parse(rest.get(i));
            }
        }
        boolean structure = type.isEmpty() || type.equals("{}");
        return new Described(
                words[0],
                structure ? Type.STRUCT : Type.valueOf(type.toUpperCase(Locale.ROOT)),
                array,
                versions,
                nullable,
                tag,
                below);
    }
}
