package io.github.atleastonce.examples.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class PostgreSqlTests {

    @Test
    void theSharedServerIsStartedOnceAndIsNobodyElses() throws SQLException {
        try (PostgreSql own = PostgreSql.start()) {
            own.execute("CREATE TABLE mine (id INT); INSERT INTO mine VALUES (1)");

            assertThat(PostgreSql.shared()).isSameAs(PostgreSql.shared());
            assertThat(PostgreSql.shared().url()).isNotEqualTo(own.url());
            assertThat(text(own.bare(), "SELECT count(*) FROM mine")).isEqualTo("1");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> PostgreSql.shared().execute("SELECT id FROM mine"))
                    .withMessageContaining("mine");
        }
    }

    @Test
    void theLogTellsRowsWhereThatIsAskedFor() throws SQLException {
        try (PostgreSql server = PostgreSql.startWithLogicalLog()) {
            assertThat(text(server.pool(), "SHOW wal_level")).isEqualTo("logical");
        }
        assertThat(text(PostgreSql.shared().pool(), "SHOW wal_level")).isNotEqualTo("logical");
    }

    @Test
    void isGoneOnceItIsClosed() {
        PostgreSql server = PostgreSql.start();
        String url = server.url();

        server.close();

        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> DriverManager.getConnection(url));
    }

    private static String text(DataSource db, String sql) throws SQLException {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
