package io.github.atleastonce.jdbc;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** One PostgreSQL for all tests of this JVM. */
public final class Postgres {

    private Postgres() {}

    /** Opens a physical connection each time. */
    public static DataSource bare() {
        return PostgreSql.shared().bare();
    }

    /** Hands out pooled connections. */
    public static DataSource pool() {
        return PostgreSql.shared().pool();
    }

    public static void execute(String sql) {
        try {
            PostgreSql.shared().execute(sql);
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
