package io.github.atleastonce.evolution;

import io.github.atleastonce.run.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers for events that are written as JSON. */
final class JsonEvolution implements Evolution {

    private static final byte[] NO_JSON = "no JSON".getBytes(StandardCharsets.UTF_8);

    private final Folder folder;
    private final Parties parties;
    private final Fields fields;

    JsonEvolution(Folder folder, Parties parties, Fields fields) {
        this.folder = folder;
        this.parties = parties;
        this.fields = fields;
    }

    @Override
    public String event() {
        return folder.event();
    }

    @Override
    public List<String> drift() {
        Json.Document today = written();
        Folder.Version newest = folder.newest().orElse(null);
        Differences differences =
                newest == null ? null : Differences.all(document(newest).root(), today.root(), fields);
        if (differences != null && differences.found().isEmpty()) {
            return List.of();
        }
        if (Folder.accepts()) {
            folder.append(Json.pretty(today.root()));
            return List.of();
        }
        if (newest == null || differences == null) {
            return List.of(
                    "No version of " + event() + " is archived in " + folder + ". " + folder.howToAccept() + ".");
        }
        String sameFields = differences.areStructural()
                ? ""
                : "Its fields are the same: if only the example is another one, write the old one. ";
        return List.of("Today's " + event() + " is not that of " + newest.label() + ": "
                + String.join("; ", differences.found()) + ". " + sameFields + folder.howToAccept() + ".");
    }

    @Override
    public List<String> unreadToday() {
        EventArchive.Reader reader = todaysReader();
        List<Folder.Version> versions = versions();
        Object full = full("readBy", reader, newest(versions));
        List<String> unread = new ArrayList<>();
        for (Folder.Version version : versions) {
            unread.addAll(unread("today's", reader, version, newest(versions), full));
            if (reading(reader, version.bytes()).event() != null) {
                unread.addAll(intolerant(reader, version));
            }
        }
        return unread;
    }

    @Override
    public List<String> unreadFormer() {
        EventArchive.Reader reader = todaysReader();
        List<Folder.Version> versions = versions();
        Folder.Version newest = newest(versions);
        Object full = full("readBy", reader, newest);
        return versions.size() == 1 ? List.of() : unread("today's", reader, former(versions), newest, full);
    }

    @Override
    public List<String> unreadYesterday() {
        List<Folder.Version> versions = versions();
        EventArchive.Reader reader = parties.yesterday();
        Object known =
                reader == null ? null : full("formerlyReadBy", reader, versions.get(Math.max(0, versions.size() - 2)));
        if (versions.size() == 1) {
            return List.of();
        }
        Folder.Version newest = newest(versions);
        Folder.Version former = former(versions);
        if (reader == null) {
            return Differences.missed(document(former).root(), document(newest).root(), fields).stream()
                    .map(missed -> newest.label() + " does not suit yesterday's consumer, which knows " + former.label()
                            + ": " + missed + ".")
                    .toList();
        }
        if (known == null) {
            return List.of(unread("yesterday's", former, reading(reader, former.bytes())));
        }
        return unread("yesterday's", reader, newest, former, known);
    }

    private List<String> unread(
            String whose,
            EventArchive.Reader reader,
            Folder.Version version,
            Folder.Version compared,
            @Nullable Object full) {
        Reading reading = reading(reader, version.bytes());
        Object event = reading.event();
        if (event == null) {
            return List.of(unread(whose, version, reading));
        }
        if (full == null) {
            return List.of();
        }
        return Losses.between(full, event, document(version), fields).stream()
                .map(
                        lost -> version.label() + " is read by " + whose + " consumer, but " + lost + " when "
                                + compared.label()
                                + " was read. Let it take the field from where it is, or give it a default; name it as optional if the consumer does without.")
                .toList();
    }

    private static String unread(String whose, Folder.Version version, Reading reading) {
        return version.label() + " is not read by " + whose + " consumer: " + reading.failure() + ".";
    }

    private List<String> intolerant(EventArchive.Reader reader, Folder.Version version) {
        List<String> intolerant = new ArrayList<>();
        Json.Document document = document(version);
        for (Variants.Variant variant : Variants.withUnknownField(document, fields)) {
            Reading reading = reading(reader, variant.bytes());
            if (reading.event() == null) {
                intolerant.add(version.label() + " is not read " + variant.change()
                        + ", so no producer may ever add one: " + reading.failure() + ".");
            }
        }
        for (Variants.Variant variant : Variants.withoutOptionalField(document, fields)) {
            Reading reading = reading(reader, variant.bytes());
            if (reading.event() == null) {
                intolerant.add(version.label() + " is not read " + variant.change() + ": " + reading.failure() + ".");
            }
        }
        return intolerant;
    }

    /** Reads a version to compare others with. A consumer that takes everything takes every version, which shows nothing; one may read a text from an event, of course. */
    private @Nullable Object full(String said, EventArchive.Reader reader, Folder.Version version) {
        Object event = reading(reader, version.bytes()).event();
        if (event != null) {
            Object nothing = reading(reader, NO_JSON).event();
            if (nothing != null && (event instanceof String || event instanceof byte[] || event.equals(nothing))) {
                throw new UsageException(
                        said + "(…) of " + event()
                                + " does not read: it takes a text that is no JSON. It wants what makes an event of the bytes, as the consumer does.");
            }
        }
        return event;
    }

    private record Reading(@Nullable Object event, String failure) {}

    private static Reading reading(EventArchive.Reader reader, byte[] bytes) {
        try {
            return new Reading(reader.read(bytes), "null came of it");
        } catch (Exception | LinkageError | AssertionError failure) {
            String message = String.valueOf(failure.getMessage()).strip();
            int line = message.indexOf('\n');
            return new Reading(
                    null,
                    failure.getClass().getSimpleName() + ": "
                            + (line < 0 ? message : message.substring(0, line).strip()));
        }
    }

    private Json.Document written() {
        EventArchive.Writer<Object> writer = parties.writer();
        Object example = parties.example();
        if (writer == null || example == null) {
            throw new UsageException(
                    "The archive of " + event()
                            + " does not know how today's producer writes: writtenBy(mapper::writeValueAsBytes, example) says so.");
        }
        try {
            return Json.read(writer.write(example))
                    .orElseThrow(() -> new UsageException(
                            "What the producer of " + event() + " writes is no JSON, which an EventArchive wants."));
        } catch (UsageException refusal) {
            throw refusal;
        } catch (Exception unwritable) {
            throw new UsageException("The example of " + event() + " cannot be written: " + unwritable, unwritable);
        }
    }

    private EventArchive.Reader todaysReader() {
        EventArchive.Reader reader = parties.today();
        if (reader == null) {
            throw new UsageException("The archive of " + event()
                    + " does not know how today's consumer reads: readBy(bytes -> …) says so.");
        }
        return reader;
    }

    private List<Folder.Version> versions() {
        List<Folder.Version> versions = folder.archived();
        versions.forEach(JsonEvolution::document);
        return versions;
    }

    private static Folder.Version newest(List<Folder.Version> versions) {
        return versions.get(versions.size() - 1);
    }

    private static Folder.Version former(List<Folder.Version> versions) {
        return versions.get(versions.size() - 2);
    }

    static Json.Document document(Folder.Version version) {
        return Json.read(version.bytes()).orElseThrow(() -> new UsageException(version.file() + " is no JSON."));
    }
}
