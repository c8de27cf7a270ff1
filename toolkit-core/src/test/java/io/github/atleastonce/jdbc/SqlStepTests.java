package io.github.atleastonce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlStepTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO orders (id) VALUES (1)| insert orders",
                "insert into shop.\"Order Lines\" values (?)| insert order lines",
                "UPDATE ONLY customer SET credit = credit - 1| update customer",
                "DELETE FROM outbox WHERE id = ?| delete outbox",
                "SELECT extract(day from d), (select 1 from inner_table) FROM orders o| select orders",
                "SELECT 1| select",
                "/* a comment: from x */ SELECT * FROM z| select z",
                "WITH due AS (SELECT id FROM outbox) UPDATE outbox SET sent = true FROM due| update outbox",
                "SELECT 'from nowhere', id FROM orders| select orders",
                "MERGE INTO customer USING x ON (1=1)| merge customer",
                "{? = call transfer(?, ?)}| call transfer",
                "TRUNCATE TABLE orders| truncate orders",
                "COMMIT| commit",
                "CREATE TABLE t (id INT)| create",
                "''| execute"
            })
    void namesKindAndTable(String sql, String name) {
        assertThat(SqlStep.of(sql).name()).isEqualTo(name);
    }

    @Test
    void passesLineComments() {
        assertThat(SqlStep.of("-- from y\nSELECT * FROM z").name()).isEqualTo("select z");
    }
}
