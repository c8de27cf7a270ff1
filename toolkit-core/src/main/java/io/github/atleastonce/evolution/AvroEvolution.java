package io.github.atleastonce.evolution;

import io.github.atleastonce.run.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Answers for events that are written in Avro. */
final class AvroEvolution implements Evolution {

    private final Folder folder;
    private final AvroArchive.AvroParties parties;

    AvroEvolution(Folder folder, AvroArchive.AvroParties parties) {
        this.folder = folder;
        this.parties = parties;
    }

    @Override
    public String event() {
        return folder.event();
    }

    @Override
    public List<String> drift() {
        IndexedRecord example = parties.example();
        if (example == null) {
            throw new UsageException("The archive of " + event()
                    + " does not know what today's producer writes: writtenBy(example) says so.");
        }
        Folder.Version newest = folder.newest().orElse(null);
        if (newest != null && Avro.schema(newest).equals(example.getSchema())) {
            return List.of();
        }
        if (Folder.accepts()) {
            folder.append(Avro.pretty(example.getSchema()), Avro.json(example));
            return List.of();
        }
        if (newest == null) {
            return List.of(
                    "No version of " + event() + " is archived in " + folder + ". " + folder.howToAccept() + ".");
        }
        return List.of("Today's schema of " + event() + " is not that of " + newest.label() + ": "
                + String.join("; ", differences(Avro.schema(newest), example.getSchema())) + ". "
                + folder.howToAccept() + ".");
    }

    private static List<String> differences(Schema before, Schema now) {
        Map<String, String> old = Avro.fields(before);
        Map<String, String> today = Avro.fields(now);
        List<String> differences = new ArrayList<>();
        old.forEach((field, type) -> {
            String present = today.get(field);
            if (present == null) {
                differences.add(field + " is gone, which was " + type);
            } else if (!present.equals(type)) {
                differences.add(field + " was " + type + " and is " + present);
            }
        });
        today.forEach((field, type) -> {
            if (!old.containsKey(field)) {
                differences.add(field + " is new: " + type);
            }
        });
        return differences.isEmpty()
                ? List.of("its fields are the same, but not its names or properties")
                : differences;
    }

    @Override
    public List<String> unreadToday() {
        return folder.archived().stream()
                .flatMap(version -> unread("today's", today(), version).stream())
                .toList();
    }

    @Override
    public List<String> unreadFormer() {
        List<Folder.Version> versions = folder.archived();
        Schema today = today();
        return versions.size() == 1 ? List.of() : unread("today's", today, versions.get(versions.size() - 2));
    }

    @Override
    public List<String> unreadYesterday() {
        List<Folder.Version> versions = folder.archived();
        if (versions.size() == 1) {
            return List.of();
        }
        Schema said = parties.yesterday();
        Schema yesterday = said == null ? Avro.schema(versions.get(versions.size() - 2)) : said;
        return unread("yesterday's", yesterday, versions.get(versions.size() - 1));
    }

    private List<String> unread(String whose, Schema reader, Folder.Version version) {
        Schema writer = Avro.schema(version);
        String start = version.label() + " is not read by " + whose + " consumer: ";
        List<String> obstacles = Avro.obstacles(reader, writer);
        if (!obstacles.isEmpty()) {
            return obstacles.stream().map(obstacle -> start + obstacle + ".").toList();
        }
        return folder.exampleOf(version)
                .map(example -> Avro.fromJson(example, writer, version.label()))
                .map(example -> failure(example, writer, reader))
                .filter(failure -> !failure.isEmpty())
                .map(failure -> List.of(start + failure + "."))
                .orElse(List.of());
    }

    private static String failure(IndexedRecord example, Schema writer, Schema reader) {
        try {
            Avro.read(Avro.binary(example), writer, reader);
            return "";
        } catch (IOException | AvroRuntimeException | ClassCastException unreadable) {
            return unreadable.toString();
        }
    }

    private Schema today() {
        Schema today = parties.today();
        if (today == null) {
            throw new UsageException("The archive of " + event()
                    + " does not know by which schema today's consumer reads: readBy(schema) says so.");
        }
        return today;
    }
}
