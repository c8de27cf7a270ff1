package io.github.atleastonce.jdbc;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.state.Captured;
import io.github.atleastonce.state.Snapshot;
import io.github.atleastonce.task.BlockingCall;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Does the I/O of one connection step by step: offers what may go wrong, and tells the history what was done. */
final class JdbcSteps {

    private static final String CONNECTION_FAILURE = "08006";
    /** Threads of a pool are told apart by them, and are others in each run. */
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final ConnectionHandler connection;
    private final Lifetime life;
    private final Run run;
    private final Beneath beneath;
    private final Beside beside;

    JdbcSteps(ConnectionHandler connection) {
        this.connection = connection;
        this.life = connection.connections().life();
        this.run = connection.connections().run();
        this.beneath = Beneath.of(run);
        this.beside = Beside.of(run);
    }

    Beside beside() {
        return beside;
    }

    Beneath beneath() {
        return beneath;
    }

    PhysicalConnection physical() {
        return connection.physical();
    }

    /** Executes a statement, to which some values were given. */
    @Nullable
    Object statement(SqlStep step, SqlValues values, BlockingCall io) throws Throwable {
        connection.refuse();
        if (step.isOfSequence()) {
            return io.call();
        }
        boolean own = connection.isAutoCommit();
        return take(step, own || step.isCommit(), io, result -> {
            Step done = step.endsTransaction() ? step : executed(step, rows(result), values);
            if (own || step.endsTransaction()) {
                connection.end(own || step.isCommit());
            }
            return done;
        });
    }

    /** Ends the transaction. */
    @Nullable
    Object transactionEnd(SqlStep step, boolean commits, BlockingCall io) throws Throwable {
        return take(step, commits, io, any -> {
            connection.end(commits);
            return step;
        });
    }

    /** Does I/O that is neither of the two. */
    @Nullable
    Object step(SqlStep step, BlockingCall io) throws Throwable {
        return take(step, false, io, any -> step);
    }

    private @Nullable Object take(SqlStep step, boolean commits, BlockingCall io, Function<@Nullable Object, Step> note)
            throws Throwable {
        if (!run.current().isFollowed()) {
            refuseWrites(step);
            return io.call();
        }
        beneath.look();
        beside.look();
        boolean lost = loses(step, commits);
        Object result = beneath.seen(() -> run.current().tasks().perform(connection.physical(), io));
        Step done = note.apply(result);
        beside.remember();
        if (lost) {
            throw lose(step);
        }
        run.steps().done(life, done);
        return result;
    }

    /**
     * Comes here on threads that are not followed. Those of pools ask whether a connection is well, and an application's own may do as they
     * like: a crash cuts them off. What a service of the scenario writes there is refused.
     */
    private void refuseWrites(SqlStep step) {
        boolean writes = !step.isHarmless() && !(step.endsTransaction() && !connection.isInTransaction());
        if (writes && !life.isHosted()) {
            run.current().refuseElsewhere(life, step::name);
        }
        if (writes || step.table() != null) {
            String thread = DIGITS.matcher(Thread.currentThread().getName()).replaceAll("…");
            run.history().caveats().remark("work of the thread '" + thread + "' is not followed");
        }
    }

    int nextTransaction() {
        return nextTransaction(run);
    }

    static int nextTransaction(Run run) {
        return run.belonging(Transactions.class, any -> new Transactions()).next();
    }

    void ended(int transaction, boolean committed) {
        run.history().add(new SqlEvent.TransactionEnded(run.current().actor(life), transaction, committed));
    }

    private Step executed(SqlStep step, OptionalLong rows, SqlValues values) {
        run.history()
                .add(new SqlEvent.Executed(
                        run.current().actor(life),
                        life.service(),
                        connection.transaction(),
                        step.kind(),
                        step.table(),
                        rows,
                        values));
        if (!step.isHarmless() && rows.orElse(1) > 0) {
            beside.wrote(connection, life, step.name());
        }
        return new SqlStep.Executed(step, rows);
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
        return new LostConnectionException("The connection was lost at " + step.name() + ".", CONNECTION_FAILURE);
    }

    private static OptionalLong rows(@Nullable Object result) {
        if (result instanceof Number count) {
            return OptionalLong.of(count.longValue());
        }
        if (result instanceof int[] counts) {
            return OptionalLong.of(IntStream.of(counts)
                    .filter(count -> count > 0)
                    .asLongStream()
                    .sum());
        }
        if (result instanceof long[] counts) {
            return OptionalLong.of(
                    LongStream.of(counts).filter(count -> count > 0).sum());
        }
        return OptionalLong.empty();
    }

    private static final class Transactions implements Captured {

        private int number;

        @Override
        public void capture(Snapshot into) {
            // They are numbered for people.
        }

        int next() {
            return ++number;
        }
    }
}
