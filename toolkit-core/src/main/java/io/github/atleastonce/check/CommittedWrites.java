package io.github.atleastonce.check;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.jdbc.SqlEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which committed transactions of a run wrote which table. */
record CommittedWrites(List<SqlEvent.Executed> writes, boolean isFaultFree) {

    static CommittedWrites of(History history) {
        Set<Integer> committed = history.of(SqlEvent.TransactionEnded.class)
                .filter(SqlEvent.TransactionEnded::committed)
                .map(SqlEvent.TransactionEnded::transaction)
                .collect(Collectors.toSet());
        return new CommittedWrites(
                history.of(SqlEvent.Executed.class)
                        .filter(executed -> committed.contains(executed.transaction()))
                        .filter(executed -> executed.rows().orElse(1) != 0)
                        .toList(),
                history.of(Event.Injected.class).findAny().isEmpty());
    }

    Set<Integer> inserting(String table) {
        return writes.stream()
                .filter(executed -> executed.kind().equals("insert") && table.equalsIgnoreCase(executed.table()))
                .map(SqlEvent.Executed::transaction)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
