package io.github.atleastonce.jdbc;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import java.util.OptionalLong;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Tells the history what one connection does whose statements are seen as a server sees them, in the words in which {@link InstrumentedDataSource} does.
 * Used on the thread of the run.
 */
@API(status = API.Status.INTERNAL)
public final class WireSession {

    /** What drivers send by themselves, or is no step in JDBC. */
    private static final Set<String> SILENT =
            Set.of("begin", "start", "set", "show", "discard", "deallocate", "close", "listen", "unlisten", "nextval");

    private final Run run;
    private final Lifetime life;
    private int transaction;

    /**
     * Creates a session.
     *
     * @param run the run
     * @param life whose connection it is
     */
    public WireSession(Run run, Lifetime life) {
        this.run = run;
        this.life = life;
    }

    /**
     * Says whether a statement is a step.
     *
     * @param sql its text
     * @return false for what only prepares for others
     */
    public static boolean isStep(String sql) {
        return !SILENT.contains(SqlStep.of(sql).kind());
    }

    /**
     * Returns the name of the step that a statement is.
     *
     * @param sql its text
     * @return for example {@code select outbox}
     */
    public static String nameOf(String sql) {
        return SqlStep.of(sql).name();
    }

    /**
     * Takes note of a statement that the server has done.
     *
     * @param sql its text
     * @param rows how many rows it changed; empty if it gave rows or nothing
     * @param within whether it was part of a transaction that somebody had begun
     * @return the step
     */
    public Step done(String sql, OptionalLong rows, boolean within) {
        SqlStep step = SqlStep.of(sql);
        if (step.endsTransaction()) {
            ended(step.isCommit());
            return step;
        }
        if (transaction == 0) {
            transaction = JdbcSteps.nextTransaction(run);
        }
        run.history()
                .add(new SqlEvent.Executed(
                        run.current().actor(life),
                        life.service(),
                        transaction,
                        step.kind(),
                        step.table(),
                        rows,
                        SqlValues.of(sql)));
        if (!within) {
            ended(true);
        }
        return new SqlStep.Executed(step, rows);
    }

    /**
     * Takes note that the transaction, if there is one, has ended.
     *
     * @param committed whether it was committed
     */
    public void ended(boolean committed) {
        if (transaction != 0) {
            run.history().add(new SqlEvent.TransactionEnded(run.current().actor(life), transaction, committed));
            transaction = 0;
        }
    }
}
