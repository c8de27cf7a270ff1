package io.github.atleastonce.examples.postgresql;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;

/**
 * A PostgreSQL server without tables, on a free port. What is not closed stops as the JVM ends. Safe for use by several threads.
 */
public final class PostgreSql implements AutoCloseable {

    private static final class Shared {
        static final PostgreSql SERVER = start();
    }

    private final EmbeddedPostgres server;
    private final HikariDataSource pool = new HikariDataSource();

    private PostgreSql(EmbeddedPostgres server) {
        this.server = server;
        pool.setDataSource(server.getPostgresDatabase());
        pool.setMaximumPoolSize(8);
        pool.setMinimumIdle(4);
    }

    /** Returns the one server of this JVM, which nobody closes. The first call starts it. */
    public static PostgreSql shared() {
        return Shared.SERVER;
    }

    /**
     * Starts a server of the caller's own.
     *
     * @throws UncheckedIOException if it does not start
     */
    public static PostgreSql start() {
        return start(Map.of());
    }

    /**
     * Starts a server whose log tells which rows were changed, for readers such as Debezium.
     *
     * @throws UncheckedIOException if it does not start
     */
    public static PostgreSql startWithLogicalLog() {
        // What is committed must be in the log at once: it is read by the next statement.
        return start(Map.of("wal_level", "logical", "synchronous_commit", "on"));
    }

    private static PostgreSql start(Map<String, String> settings) {
        // Faults end the service, never the machine: nothing has to reach the disk.
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        Path.of("target", "postgres").toAbsolutePath().toFile())
                .setServerConfig("fsync", "off");
        settings.forEach(builder::setServerConfig);
        try {
            return new PostgreSql(builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns where it is, with the user in it, for what opens its connections itself. */
    public String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    /** Returns a data source that opens a physical connection each time. */
    public DataSource bare() {
        return server.getPostgresDatabase();
    }

    /** Returns a pool of at most eight connections. */
    public DataSource pool() {
        return pool;
    }

    /**
     * Executes statements, one or several with semicolons between them.
     *
     * @throws SQLException if the server refuses one
     */
    public void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Stops the server and deletes its data.
     *
     * @throws UncheckedIOException if that fails
     */
    @Override
    public void close() {
        pool.close();
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
