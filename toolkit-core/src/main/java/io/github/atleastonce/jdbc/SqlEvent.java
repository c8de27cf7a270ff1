package io.github.atleastonce.jdbc;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Narration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Something that happened in a database. */
@API(status = API.Status.INTERNAL)
public sealed interface SqlEvent extends Event {

    /**
     * A statement was executed. The step that follows tells it.
     *
     * @param service the service, or the part of it that did it
     * @param owner the service in whose life it was done
     * @param transaction the transaction that it was part of, the same for each statement of it; numbered in each run
     * @param kind the kind of statement in lower case, for example {@code insert}
     * @param table the table in lower case, or null if none could be told
     * @param rows how many rows it changed; empty if it gave rows or nothing
     * @param values texts and numbers that were given to it
     */
    record Executed(
            String service,
            String owner,
            int transaction,
            String kind,
            @Nullable String table,
            OptionalLong rows,
            SqlValues values)
            implements SqlEvent {

        @Override
        public void tell(Narration story) {
            if (rows.orElse(0) > 0) {
                story.changes(
                        owner,
                        transaction,
                        table == null ? kind : kind + " " + table,
                        rows.getAsLong(),
                        values.toString());
            }
        }

        @Override
        public Optional<String> effect() {
            return rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(service + " changed " + rows.getAsLong() + " rows by " + kind);
        }
    }

    /**
     * A transaction ended. The step that ends it tells it, or the death or fault that undoes it.
     *
     * @param service the service
     * @param transaction which
     * @param committed whether it was committed; else it was rolled back, or its connection ended
     */
    record TransactionEnded(String service, int transaction, boolean committed) implements SqlEvent {

        @Override
        public void tell(Narration story) {
            story.concludes(transaction, committed);
        }
    }
}
