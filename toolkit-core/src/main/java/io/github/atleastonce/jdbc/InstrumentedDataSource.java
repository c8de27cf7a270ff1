package io.github.atleastonce.jdbc;

import io.github.atleastonce.run.UsageException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/** The data source of one life. Its connections are cut when the life ends. */
final class InstrumentedDataSource implements DataSource {

    private final LifeConnections connections;

    InstrumentedDataSource(LifeConnections connections) {
        this.connections = connections;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connections.open(connections.bare()::getConnection);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return connections.open(() -> connections.bare().getConnection(user, password));
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return connections.bare().getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        connections.bare().setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        connections.bare().setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return connections.bare().getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws java.sql.SQLFeatureNotSupportedException {
        return connections.bare().getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type == XADataSource.class) {
            throw connections
                    .run()
                    .history()
                    .caveats()
                    .refuse(new UsageException(
                            "life.dataSource(…) does not take part in XA transactions: a second resource manager would "
                                    + "commit where no step is seen. Use a local transaction and an outbox."));
        }
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        DataSource bare = connections.bare();
        return type.isInstance(bare) ? type.cast(bare) : bare.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        DataSource bare = connections.bare();
        return type != XADataSource.class
                && (type.isInstance(this) || type.isInstance(bare) || bare.isWrapperFor(type));
    }

    @Override
    public String toString() {
        return connections.bare() + " of " + connections.life();
    }
}
