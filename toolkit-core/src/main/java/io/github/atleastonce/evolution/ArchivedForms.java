package io.github.atleastonce.evolution;

import io.github.atleastonce.channel.OlderForms;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes events of one kind as the archived versions before the newest one have them. */
final class ArchivedForms implements Forms {

    private final String event;
    private final Parties parties;
    private final Fields fields;
    private final Map<Integer, Json.Document> older = new TreeMap<>();
    private final Json.Document newest;

    /**
     * Reads the archive.
     *
     * @throws UsageException if there is no version, or an older one has what today's event does not say
     */
    ArchivedForms(Folder folder, Parties parties, Fields fields) {
        this.event = folder.event();
        this.parties = parties;
        this.fields = fields;
        List<Folder.Version> versions = folder.archived();
        this.newest = JsonEvolution.document(versions.get(versions.size() - 1));
        for (Folder.Version version : versions.subList(0, versions.size() - 1)) {
            Json.Document document = JsonEvolution.document(version);
            older.put(version.number(), document);
            requireWritable(version, document);
        }
        requireArchived(parties.former().keySet());
    }

    /** The oldest versions are deleted one day, and what a test says of them with them. */
    private void requireArchived(Set<Integer> told) {
        for (Integer version : new TreeSet<>(told)) {
            if (!older.containsKey(version)) {
                throw new UsageException("writtenInVersion(" + version + ", …) wants a version of " + event
                        + " before the newest one, "
                        + (older.isEmpty()
                                ? "and there is none"
                                : "which are v"
                                        + older.keySet().stream()
                                                .map(String::valueOf)
                                                .collect(Collectors.joining(", v")))
                        + ".");
            }
        }
    }

    private void requireWritable(Folder.Version version, Json.Document document) {
        EventArchive.Writer<Object> writer = parties.former().get(version.number());
        List<String> missing = Projection.onto(document, newest, fields).missing();
        if (writer == null && !missing.isEmpty()) {
            throw new UsageException(version.label() + " has " + String.join(", ", missing)
                    + ", which today's event does not say: writtenInVersion(" + version.number()
                    + ", event -> …) says how it was written.");
        }
        if (writer != null && parties.example() != null) {
            List<String> unlike = Differences.unlike(
                    document.root(), read(write(writer, parties.example())).root(), fields);
            if (!unlike.isEmpty()) {
                throw new UsageException("writtenInVersion(" + version.number() + ", …) does not write what "
                        + version.label() + " has: " + String.join("; ", unlike) + ".");
            }
        }
    }

    @Override
    public boolean isOf(Object payload) {
        if (isText(payload)) {
            return Json.read(bytes(payload)).map(this::hasTheFields).orElse(false);
        }
        Object example = parties.example();
        return example != null && example.getClass().isInstance(payload);
    }

    /** Several kinds of events may share a channel. */
    private boolean hasTheFields(Json.Document document) {
        if (!(document.root() instanceof Map<?, ?> object) || !(newest.root() instanceof Map<?, ?> wanted)) {
            return false;
        }
        Set<String> names = Json.members(object).keySet();
        return Json.members(wanted).keySet().containsAll(names)
                && Json.members(wanted).keySet().stream()
                        .allMatch(name -> names.contains(name) || fields.isOptional(name));
    }

    @Override
    public List<Integer> versions(Object payload) {
        List<Integer> versions = new ArrayList<>();
        Json.Document today = today(payload);
        for (Integer version : older.keySet()) {
            if (written(payload, today, version)
                    .filter(form -> !form.equals(today))
                    .isPresent()) {
                versions.add(version);
            }
        }
        return versions;
    }

    @Override
    public OlderForms.Written written(Message message, int version, boolean asBytes) throws Exception {
        Object payload = message.payload();
        byte[] bytes = written(payload, today(payload), version).orElseThrow().bytes();
        if (payload instanceof String) {
            return Forms.with(new String(bytes, StandardCharsets.UTF_8), message);
        }
        if (payload instanceof byte[]) {
            return Forms.with(bytes, message);
        }
        if (asBytes) {
            return new OlderForms.Written(message, bytes);
        }
        Object read = reader().read(bytes);
        if (read == null) {
            throw new AssertionError("null came of it");
        }
        if (!payload.getClass().isInstance(read)) {
            throw new UsageException("In memory OLD_SCHEMA lets a consumer have what readBy(…) of " + event
                    + " gives, which is " + read.getClass().getSimpleName() + ", and "
                    + payload.getClass().getSimpleName() + " was sent.");
        }
        return Forms.with(read, message);
    }

    /** Returns nothing if the event of today says what that version could not. */
    private Optional<Json.Document> written(Object payload, Json.Document today, int version) {
        EventArchive.Writer<Object> writer = parties.former().get(version);
        if (writer != null) {
            return Optional.of(read(write(writer, isText(payload) ? object(payload) : payload)));
        }
        Projection.Projected projected = Projection.onto(Objects.requireNonNull(older.get(version)), today, fields);
        return projected.missing().isEmpty() ? Optional.of(projected.event()) : Optional.empty();
    }

    private Object object(Object text) {
        try {
            return Objects.requireNonNull(reader().read(bytes(text)));
        } catch (UsageException refusal) {
            throw refusal;
        } catch (Exception unreadable) {
            throw new UsageException("A text that was sent is no " + event + " of today: " + unreadable, unreadable);
        }
    }

    private EventArchive.Reader reader() {
        EventArchive.Reader reader = parties.today();
        if (reader == null) {
            throw new UsageException("OLD_SCHEMA wants to know how " + event
                    + " is read, since an object was sent: readBy(bytes -> …) says so.");
        }
        return reader;
    }

    private Json.Document today(Object payload) {
        if (isText(payload)) {
            return read(bytes(payload));
        }
        EventArchive.Writer<Object> writer = parties.writer();
        return read(write(Objects.requireNonNull(writer), payload));
    }

    private static byte[] write(EventArchive.Writer<Object> writer, @Nullable Object payload) {
        try {
            return writer.write(Objects.requireNonNull(payload));
        } catch (Exception unwritable) {
            throw new UsageException(payload + " cannot be written: " + unwritable, unwritable);
        }
    }

    private static Json.Document read(byte[] bytes) {
        return Json.read(bytes)
                .orElseThrow(() -> new UsageException(
                        "An EventArchive wants events in JSON, but got " + new String(bytes, StandardCharsets.UTF_8)));
    }

    private static boolean isText(Object payload) {
        return payload instanceof String || payload instanceof byte[];
    }

    private static byte[] bytes(Object text) {
        return text instanceof byte[] bytes ? bytes : ((String) text).getBytes(StandardCharsets.UTF_8);
    }
}
