package io.github.atleastonce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.history.Step;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select next value for notes_seq",
                "call next value for \"notes_seq\"",
                "values next value for shop.notes_seq",
                "select nextval('notes_seq')",
                "/* insert for Note */select nextval ('shop.notes_seq');",
                "select nextval(notes_seq)",
                "select notes_seq.nextval from dual",
                "select notes_seq.nextval as id from DUAL"
            })
    void gettingANumberFromASequenceIsNoStep(String sql) {
        assertThat(SqlStep.of(sql).isOfSequence()).isTrue();
        assertThat(WireSession.isStep(sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select nextval('notes_seq'), n.id from notes n",
                "insert into notes (id) values (nextval('notes_seq'))",
                "select id from nextval_log",
                "select next from notes"
            })
    void whatDoesMoreIsOne(String sql) {
        assertThat(SqlStep.of(sql).isOfSequence()).isFalse();
    }

    @Test
    void passesLineComments() {
        assertThat(SqlStep.of("-- from y\nSELECT * FROM z").name()).isEqualTo("select z");
    }

    @Test
    void saysHowManyRowsWereChangedUnlessItWasOne() {
        assertThat(executed("UPDATE customer SET credit = 0", OptionalLong.of(0))
                        .remark())
                .isEqualTo("(0 rows)");
        assertThat(executed("UPDATE customer SET credit = 0", OptionalLong.of(1))
                        .remark())
                .isEmpty();
        assertThat(executed("DELETE FROM outbox", OptionalLong.of(3)).remark()).isEqualTo("(3 rows)");
        assertThat(executed("SELECT * FROM outbox", OptionalLong.empty()).remark())
                .isEmpty();
    }

    @Test
    void queriesAndEndsOfTransactionsChangeNothingByThemselves() {
        assertThat(executed("SELECT * FROM outbox", OptionalLong.empty()).changesNothing())
                .isTrue();
        assertThat(SqlStep.COMMIT.changesNothing()).isTrue();
        assertThat(SqlStep.of("ROLLBACK").changesNothing()).isTrue();
        assertThat(executed("DELETE FROM outbox", OptionalLong.of(0)).changesNothing())
                .isFalse();
        assertThat(SqlStep.ROLLBACK_TO_SAVEPOINT.changesNothing()).isFalse();
    }

    private static Step executed(String sql, OptionalLong rows) {
        return new SqlStep.Executed(SqlStep.of(sql), rows);
    }
}
