package io.github.atleastonce.evolution;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who writes and reads an event, as far as the test has said so. Immutable.
 *
 * @param writer how today's producer writes
 * @param example what it writes
 * @param today how today's consumer reads
 * @param yesterday how yesterday's consumer reads
 * @param former how producers of earlier releases wrote, by the version
 */
record Parties(
        EventArchive.@Nullable Writer<Object> writer,
        @Nullable Object example,
        EventArchive.@Nullable Reader today,
        EventArchive.@Nullable Reader yesterday,
        Map<Integer, EventArchive.Writer<Object>> former) {

    static final Parties NONE = new Parties(null, null, null, null, Map.of());

    @SuppressWarnings("unchecked")
    <T> Parties writing(EventArchive.Writer<T> wanted, T event) {
        return new Parties((EventArchive.Writer<Object>) wanted, event, today, yesterday, former);
    }

    Parties reading(EventArchive.Reader wanted) {
        return new Parties(writer, example, wanted, yesterday, former);
    }

    Parties formerlyReading(EventArchive.Reader wanted) {
        return new Parties(writer, example, today, wanted, former);
    }

    @SuppressWarnings("unchecked")
    Parties formerlyWriting(int version, EventArchive.Writer<?> wanted) {
        Map<Integer, EventArchive.Writer<Object>> more = new HashMap<>(former);
        more.put(version, (EventArchive.Writer<Object>) wanted);
        return new Parties(writer, example, today, yesterday, Map.copyOf(more));
    }
}
