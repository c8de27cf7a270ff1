package io.github.atleastonce.jdbc;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.Activity;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.state.Captured;
import io.github.atleastonce.state.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Looks whether a service writes beside its instrumentation, through the bare data source for example: what others see of the tables changes where
 * no step commits anything. And whether what it writes is committed at all. One for each run; looks in the first run of an exploration only.
 */
final class Beside implements Captured {

    private final Run run;
    private final boolean looks;
    private final List<Committed> databases = new ArrayList<>(1);
    private final Map<Object, Written> uncommitted = new LinkedHashMap<>(1);
    private boolean atWork;
    private int locking;
    private int pooled;

    private record Written(Lifetime life, String step) {}

    private final Set<String> services = new HashSet<>(2);

    private Beside(Run run) {
        this.run = run;
        this.looks = run.history().caveats().isFirst(Beside.class);
    }

    @Override
    public void capture(Snapshot into) {
        // What is looked for is no state.
    }

    static Beside of(Run run) {
        return run.belonging(Beside.class, Beside::joining);
    }

    private static Beside joining(Run run) {
        Beside beside = new Beside(run);
        if (beside.looks) {
            run.join(beside.new Quiet());
            run.works().onBeginning(beside::begin);
        }
        return beside;
    }

    /** Takes note of a database that a service uses. */
    void watch(Lifetime life, DataSource bare) {
        services.add(life.service());
        if (looks && databases.stream().noneMatch(one -> one.isOf(bare))) {
            databases.add(new Committed(bare));
        }
    }

    /** What a start does more than once is nobody's concern: migrations have a data source of their own. */
    private void begin() {
        atWork = !run.current().cause().isBoot()
                && run.current().life().filter(this::isWatched).isPresent()
                && run.history().of(Event.Injected.class).findAny().isEmpty();
        if (atWork) {
            remember();
            run.works().afterwards(this::end);
        }
    }

    /** Who has no data source of the run, as a double that notes what it gets, may keep that where it likes. */
    private boolean isWatched(Lifetime life) {
        return !life.isHosted() && services.contains(life.service());
    }

    private void end() {
        look();
        atWork = false;
    }

    /** Comes here before each step: nothing but steps may have changed anything since the one before. */
    void look() {
        if (!canLook()) {
            return;
        }
        String service = run.current().life().map(Lifetime::service).orElse("");
        for (Committed database : databases) {
            database.changed()
                    .ifPresent(table -> run.history()
                            .caveats()
                            .refuse(new UsageException("'" + service + "' changed the table " + table
                                    + " through what is not instrumented, such as the bare data source or what was got by unwrap(…): no fault "
                                    + "comes there, and no step is seen. Let it use life.dataSource(…) alone, as it is; let what stands for "
                                    + "another system keep its state elsewhere.")));
        }
    }

    /** Comes here after each step, and after what ends a connection. */
    void remember() {
        if (!atWork) {
            return;
        }
        boolean can = canLook();
        databases.forEach(database -> database.remember(can));
    }

    /** While a transaction is open, tables may be locked on some servers; while a connection of a pool is, another one may be one too many. */
    private boolean canLook() {
        return atWork && locking == 0 && pooled == 0 && run.current().isHere();
    }

    void began(Server server) {
        locking += server.readsPastWriters() ? 0 : 1;
    }

    void wrote(Object connection, Lifetime life, String step) {
        if (looks) {
            uncommitted.put(connection, new Written(life, step));
        }
    }

    void ended(Object connection, Server server) {
        locking -= server.readsPastWriters() ? 0 : 1;
        uncommitted.remove(connection);
    }

    /** Comes here on the threads of pools, too. */
    synchronized void opened(boolean fromPool) {
        pooled += fromPool ? 1 : 0;
    }

    synchronized void closed(boolean fromPool) {
        pooled -= fromPool ? 1 : 0;
    }

    /** What was written and is not committed when all is quiet never will be: nobody else sees it, and the process may die. */
    private final class Quiet implements Activity, Captured {

        @Override
        public void capture(Snapshot into) {
            // Whoever has not ended a transaction is found by its connections.
        }

        @Override
        public boolean advance() {
            return false;
        }

        @Override
        public boolean holding() {
            return false;
        }

        @Override
        public void release() {
            // A DELAY holds messages, not transactions.
        }

        @Override
        public void settled() {
            uncommitted.values().forEach(written -> {
                Lifetime life = written.life();
                if (!life.isHosted() && !life.isDead()) {
                    run.history()
                            .caveats()
                            .refuse(new UsageException(
                                    "A transaction of '" + life.service() + "' was not ended (" + written.step()
                                            + "), and all is quiet: nobody but the same connection sees what it has written, and a crash would undo "
                                            + "it. Commit it, or close the connection."));
                }
            });
        }

        @Override
        public void offerLate(Consumer<Offer> late) {
            // Nothing happens late to a transaction.
        }

        @Override
        public void died(Lifetime life) {
            // Its connections are cut.
        }

        @Override
        public List<String> leftovers() {
            return List.of();
        }

        @Override
        public void close() {
            databases.clear();
        }
    }
}
