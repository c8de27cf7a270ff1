package io.github.atleastonce.jdbc;

import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The open connections of one life to one database. Pools open and close them on threads of their own. */
final class LifeConnections {

    /** Opens a connection. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    /** The SQLState of a connection that does not exist. */
    static final String CLOSED = "08003";

    private final Run run;
    private final Lifetime life;
    private final DataSource bare;
    private final boolean fenced;
    private final List<PhysicalConnection> open = new ArrayList<>(2);
    private int transactions;

    LifeConnections(Run run, Lifetime life, DataSource bare, boolean fenced) {
        this.run = run;
        this.life = life;
        this.bare = bare;
        this.fenced = fenced;
    }

    Connection open(Opening opening) throws SQLException {
        refuseIfDead();
        Beside beside = Beside.of(run);
        beside.look();
        Connection raw = opening.open();
        if (Instrumented.isInstrumented(raw)) {
            // A data source that hands out connections of another one, such as one that routes.
            return raw;
        }
        PhysicalConnection physical = new PhysicalConnection(raw, life, bare);
        synchronized (open) {
            if (!isDead()) {
                open.add(physical);
            }
        }
        if (isDead()) {
            // It died while a pool made the connection.
            physical.cut();
            refuseIfDead();
        }
        beside.opened(physical.isFromPool());
        return ConnectionHandler.wrap(this, physical);
    }

    void closed(PhysicalConnection physical) {
        synchronized (open) {
            open.remove(physical);
        }
    }

    /** Cuts every connection off; returns when the server has forgotten them. */
    void cut() {
        List<PhysicalConnection> all;
        synchronized (open) {
            all = List.copyOf(open);
            open.clear();
        }
        PhysicalConnection.cut(all);
    }

    boolean isFenced() {
        return fenced;
    }

    boolean isDead() {
        return fenced && life.isDead();
    }

    /** Pools open, prepare and close connections on threads of their own, which an Error would end, loudly: they get what they know. */
    void refuseIfDead() throws SQLException {
        try {
            if (fenced) {
                life.refuseIfDead();
            }
        } catch (Crash end) {
            if (run.current().isFollowed()) {
                throw end;
            }
            throw new SQLException(end.getMessage(), CLOSED, end);
        }
    }

    void began() {
        transactions++;
    }

    void ended() {
        transactions--;
    }

    /** Says whether something may be written that nobody else sees yet, or a pool has given a connection away, so that another one may be one too many. */
    boolean areInUse() {
        synchronized (open) {
            return !isDead() && (transactions > 0 || open.stream().anyMatch(PhysicalConnection::isFromPool));
        }
    }

    Run run() {
        return run;
    }

    Lifetime life() {
        return life;
    }

    DataSource bare() {
        return bare;
    }
}
