package io.github.atleastonce.jdbc;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.task.BlockingCall;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does the I/O of one connection step by step: offers what may go wrong, and tells the history what was done. */
final class JdbcSteps {

    private static final String CONNECTION_FAILURE = "08006";

    private final ConnectionHandler connection;
    private final Lifetime life;
    private final Run run;

    JdbcSteps(ConnectionHandler connection) {
        this.connection = connection;
        this.life = connection.connections().life();
        this.run = connection.connections().run();
    }

    /** Executes a statement. */
    @Nullable
    Object statement(SqlStep step, BlockingCall io) throws Throwable {
        connection.refuse();
        boolean own = connection.isAutoCommit();
        return take(step, own || step.isCommit(), io, result -> {
            executed(step, rows(result));
            if (own || step.endsTransaction()) {
                connection.end(own || step.isCommit());
            }
        });
    }

    /** Ends the transaction. */
    @Nullable
    Object transactionEnd(SqlStep step, boolean commits, BlockingCall io) throws Throwable {
        return take(step, commits, io, any -> connection.end(commits));
    }

    /** Does I/O that is neither of the two. */
    @Nullable
    Object step(SqlStep step, BlockingCall io) throws Throwable {
        return take(step, false, io, any -> {});
    }

    private @Nullable Object take(SqlStep step, boolean commits, BlockingCall io, Consumer<@Nullable Object> note)
            throws Throwable {
        if (!run.current().isFollowed(life)) {
            return io.call();
        }
        boolean lost = loses(step, commits);
        Object result = run.current().tasks().perform(connection.physical(), io);
        note.accept(result);
        if (lost) {
            throw lose(step);
        }
        run.steps().done(life, step.name());
        return result;
    }

    int nextTransaction() {
        return run.belonging(Transactions.class, any -> new Transactions()).next();
    }

    void ended(int transaction, boolean committed) {
        run.history().add(new Event.TransactionEnded(run.current().actor(life), transaction, committed));
    }

    private void executed(SqlStep step, long rows) {
        if (!step.endsTransaction()) {
            run.history()
                    .add(new Event.Executed(
                            run.current().actor(life), connection.transaction(), step.kind(), step.table(), rows));
        }
    }

    /** Says whether the connection is to be lost after the step; throws if it is lost before. */
    private boolean loses(SqlStep step, boolean commits) throws SQLException {
        if (!run.faults().offersAtWork(Fault.CONNECTION_LOST)) {
            return false;
        }
        ConnectionPoint.Moment moment =
                run.faults().choose(new ConnectionPoint(run.current().cause(), step.name(), commits));
        if (moment == ConnectionPoint.Moment.BEFORE) {
            throw lose(step);
        }
        return moment != null;
    }

    private SQLException lose(SqlStep step) {
        connection.lose();
        return new SQLException("The connection was lost at " + step.name() + ".", CONNECTION_FAILURE);
    }

    private static long rows(@Nullable Object result) {
        if (result instanceof Number count) {
            return count.longValue();
        }
        long sum = -1;
        if (result instanceof int[] counts) {
            sum = 0;
            for (int count : counts) {
                sum += Math.max(count, 0);
            }
        } else if (result instanceof long[] counts) {
            sum = 0;
            for (long count : counts) {
                sum += Math.max(count, 0);
            }
        }
        return sum;
    }

    private static final class Transactions {

        private int number;

        int next() {
            return ++number;
        }
    }
}
