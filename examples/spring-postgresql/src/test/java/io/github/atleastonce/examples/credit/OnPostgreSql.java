package io.github.atleastonce.examples.credit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One PostgreSQL for all tests of this JVM, and the same beginning for each run. */
class OnPostgreSql {

    private static final class Holder {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(
                                Path.of("target", "postgres").toAbsolutePath().toFile())
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    @Autowired
    JdbcTemplate jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> Holder.SERVER.getJdbcUrl("postgres", "postgres"));
    }

    @BeforeEach
    void begin() {
        jdbc.execute("TRUNCATE customer, reservation, placed_order, outbox");
        jdbc.update("INSERT INTO customer VALUES ('c-1', 100)");
    }
}
