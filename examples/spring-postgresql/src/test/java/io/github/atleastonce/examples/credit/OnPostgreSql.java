package io.github.atleastonce.examples.credit;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same beginning for each run. */
class OnPostgreSql {

    @Autowired
    JdbcTemplate jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> PostgreSql.shared().url());
    }

    @BeforeEach
    void begin() {
        jdbc.execute("TRUNCATE customer, reservation, placed_order, outbox");
        jdbc.update("INSERT INTO customer VALUES ('c-1', 100)");
    }
}
