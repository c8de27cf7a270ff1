package io.github.atleastonce.jdbc;

import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Stands between a service and one of its connections; sees transactions begin and end. */
final class ConnectionHandler implements Instrumented {

    private final LifeConnections connections;
    private final PhysicalConnection physical;
    private final JdbcSteps steps;
    private boolean autoCommit;
    private int transaction;
    private boolean lost;
    private boolean closed;

    private ConnectionHandler(LifeConnections connections, PhysicalConnection physical) throws SQLException {
        this.connections = connections;
        this.physical = physical;
        this.steps = new JdbcSteps(this);
        this.autoCommit = physical.raw().getAutoCommit();
    }

    static Connection wrap(LifeConnections connections, PhysicalConnection physical) throws SQLException {
        return Delegation.proxy(Connection.class, new ConnectionHandler(connections, physical));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Connection raw = physical.raw();
        Object[] given = Delegation.given(arguments);
        switch (method.getName()) {
            case "equals":
                return proxy == given[0];
            case "hashCode":
                return raw.hashCode();
            case "toString":
                return raw + " of " + connections.life();
            case "close":
                close();
                return null;
            case "abort":
                end(false);
                connections.closed(physical);
                steps.beside().closed(physical.isFromPool());
                break;
            case "isClosed":
                return closed || isUnusable() || raw.isClosed();
            case "isValid":
                return !isUnusable() && raw.isValid((int) given[0]);
            case "setNetworkTimeout":
                if (isUnusable()) {
                    // What a pool does before it asks whether it is valid: an exception would be warned of.
                    return null;
                }
                break;
            default:
                refuse();
        }
        switch (method.getName()) {
            case "commit":
                return steps.transactionEnd(SqlStep.COMMIT, true, () -> Delegation.call(raw, method, arguments));
            case "rollback":
                if (given.length > 0) {
                    return steps.step(SqlStep.ROLLBACK_TO_SAVEPOINT, () -> Delegation.call(raw, method, arguments));
                }
                return steps.transactionEnd(SqlStep.ROLLBACK, false, () -> Delegation.call(raw, method, arguments));
            case "setAutoCommit":
                setAutoCommit(method, (boolean) given[0]);
                return null;
            case "getMetaData":
                return MetaDataHandler.wrap(Delegation.call(raw, method, arguments), proxy, steps);
            case "unwrap", "isWrapperFor":
                return steps.beneath().unwrap(proxy, raw, method, (Class<?>) given[0], physical);
            case "createStatement":
                return StatementHandler.wrap(
                        Statement.class, proxy, steps, Delegation.call(raw, method, arguments), null);
            case "prepareStatement":
                return StatementHandler.wrap(
                        PreparedStatement.class, proxy, steps, Delegation.call(raw, method, arguments), (String)
                                given[0]);
            case "prepareCall":
                return StatementHandler.wrap(
                        CallableStatement.class, proxy, steps, Delegation.call(raw, method, arguments), (String)
                                given[0]);
            default:
                return Delegation.call(raw, method, arguments);
        }
    }

    private void setAutoCommit(Method method, boolean wanted) throws Throwable {
        Connection raw = physical.raw();
        if (wanted && !autoCommit && transaction != 0) {
            steps.transactionEnd(SqlStep.COMMIT, true, () -> Delegation.call(raw, method, true));
        } else {
            Delegation.call(raw, method, wanted);
        }
        autoCommit = wanted;
    }

    private void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        if (isUnusable()) {
            return;
        }
        steps.beneath().look();
        steps.beside().look();
        end(false);
        connections.closed(physical);
        physical.raw().close();
        steps.beside().closed(physical.isFromPool());
        steps.beneath().remember();
        steps.beside().remember();
    }

    /** Breaks the connection, as a network does. */
    void lose() {
        if (!connections.isFenced()) {
            return;
        }
        lost = true;
        end(false);
        connections.closed(physical);
        physical.cut();
        steps.beneath().remember();
    }

    void refuse() throws SQLException {
        connections.refuseIfDead();
        if (lost) {
            throw new LostConnectionException("This connection has been lost.", LifeConnections.CLOSED);
        }
    }

    private boolean isUnusable() {
        return lost || connections.isDead();
    }

    boolean isAutoCommit() {
        return autoCommit;
    }

    /** Says whether statements that were followed wait to be committed. */
    boolean isInTransaction() {
        return transaction != 0;
    }

    /** Returns the transaction that a statement is part of, begun if need be. */
    int transaction() {
        if (transaction == 0) {
            transaction = steps.nextTransaction();
            connections.began();
            steps.beside().began(physical.server());
        }
        return transaction;
    }

    /** Takes note that the transaction, if there is one, has ended. */
    void end(boolean committed) {
        if (transaction != 0) {
            int ended = transaction;
            transaction = 0;
            connections.ended();
            steps.beside().ended(this, physical.server());
            steps.ended(ended, committed);
        }
    }

    LifeConnections connections() {
        return connections;
    }

    PhysicalConnection physical() {
        return physical;
    }
}
