package io.github.atleastonce.jdbc;

import io.github.atleastonce.run.Run;
import io.github.atleastonce.state.Captured;
import io.github.atleastonce.state.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Says what is committed in the databases of a run: the rows of all tables, in no order, and how far sequences have counted. One for each run. */
final class CommittedState implements Captured {

    private final Map<DataSource, Rows> databases = new LinkedHashMap<>(1);
    private final List<LifeConnections> connections = new ArrayList<>(2);

    /** What was read last of a database. */
    private static final class Rows {

        @Nullable
        String last;
    }

    static CommittedState of(Run run) {
        return run.belonging(CommittedState.class, any -> new CommittedState());
    }

    void uses(LifeConnections some, DataSource bare) {
        connections.removeIf(LifeConnections::isDead);
        connections.add(some);
        databases.computeIfAbsent(bare, any -> new Rows());
    }

    @Override
    public void capture(Snapshot into) {
        if (connections.stream().anyMatch(LifeConnections::areInUse)) {
            into.unsettled();
            return;
        }
        databases.forEach((bare, rows) -> {
            String present = rows.last;
            if (present == null || into.isFresh()) {
                present = read(bare, into);
                rows.last = present;
            }
            into.text(present);
        });
    }

    private static String read(DataSource bare, Snapshot into) {
        try (Connection side = bare.getConnection()) {
            if (Instrumented.isInstrumented(side)) {
                into.unseen("a database that routes to others");
                return "";
            }
            if (!side.getAutoCommit()) {
                side.setAutoCommit(true);
            }
            TableReader reader = TableReader.of(side);
            if (reader == null) {
                into.unseen("a database of " + side.getMetaData().getDatabaseProductName());
                return "";
            }
            String rows = reader.rows(side, into);
            if (rows == null) {
                into.unseen("a database of so many rows");
                return "";
            }
            return rows;
        } catch (SQLException unreadable) {
            into.unseen("a database that could not be read (" + unreadable.getMessage() + ")");
            return "";
        }
    }
}
