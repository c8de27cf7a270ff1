package io.github.atleastonce.examples.bugcorpus;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;

/** A PostgreSQL for the tests of one class, and a pool over it. */
public final class PostgreSql implements AutoCloseable {

    private final EmbeddedPostgres server;
    private final HikariDataSource pool = new HikariDataSource();

    private PostgreSql(EmbeddedPostgres server) {
        this.server = server;
        pool.setDataSource(server.getPostgresDatabase());
        pool.setMaximumPoolSize(8);
    }

    /** Starts a server without tables. */
    public static PostgreSql start() throws IOException {
        return new PostgreSql(builder().start());
    }

    /** Starts a server without tables whose log tells which rows were changed. */
    public static PostgreSql startWithLogicalLog() throws IOException {
        // What is committed must be in the log at once: it is read by the next statement.
        return new PostgreSql(builder()
                .setServerConfig("wal_level", "logical")
                .setServerConfig("synchronous_commit", "on")
                .start());
    }

    private static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        Path.of("target", "postgres").toAbsolutePath().toFile())
                .setServerConfig("fsync", "off");
    }

    /** Returns the pool. */
    public DataSource pool() {
        return pool;
    }

    @Override
    public void close() throws IOException {
        pool.close();
        server.close();
    }
}
