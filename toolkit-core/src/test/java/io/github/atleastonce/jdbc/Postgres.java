package io.github.atleastonce.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** One PostgreSQL for all tests of this JVM. */
public final class Postgres {

    private static final class Holder {
        static final EmbeddedPostgres SERVER = start();
        static final HikariDataSource POOL = pool();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(
                                Path.of("target", "postgres").toAbsolutePath().toFile())
                        .setServerConfig("fsync", "off")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
                return server;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException alreadyStopped) {
                // The JVM ends anyway.
            }
        }

        private static HikariDataSource pool() {
            HikariDataSource pool = new HikariDataSource();
            pool.setDataSource(bare());
            pool.setMaximumPoolSize(8);
            pool.setMinimumIdle(4);
            return pool;
        }
    }

    private Postgres() {}

    /** Opens a physical connection each time. */
    public static DataSource bare() {
        return Holder.SERVER.getPostgresDatabase();
    }

    /** Hands out pooled connections. */
    public static DataSource pool() {
        return Holder.POOL;
    }

    public static void execute(String sql) {
        try (Connection connection = pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static long query(String sql) {
        try (Connection connection = pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
