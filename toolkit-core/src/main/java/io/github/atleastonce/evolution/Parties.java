package io.github.atleastonce.evolution;

import org.jspecify.annotations.Nullable;

/**
 * Who writes and reads an event, as far as the test has said so. Immutable.
 *
 * @param writer how today's producer writes
 * @param example what it writes
 * @param today how today's consumer reads
 * @param yesterday how yesterday's consumer reads
 */
record Parties(
        EventArchive.@Nullable Writer<Object> writer,
        @Nullable Object example,
        EventArchive.@Nullable Reader today,
        EventArchive.@Nullable Reader yesterday) {

    static final Parties NONE = new Parties(null, null, null, null);

    @SuppressWarnings("unchecked")
    <T> Parties writing(EventArchive.Writer<T> wanted, T event) {
        return new Parties((EventArchive.Writer<Object>) wanted, event, today, yesterday);
    }

    Parties reading(EventArchive.Reader wanted) {
        return new Parties(writer, example, wanted, yesterday);
    }

    Parties formerlyReading(EventArchive.Reader wanted) {
        return new Parties(writer, example, today, wanted);
    }
}
