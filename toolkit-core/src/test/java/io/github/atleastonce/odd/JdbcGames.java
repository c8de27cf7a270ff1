package io.github.atleastonce.odd;

import static io.github.atleastonce.odd.Database.H2;
import static io.github.atleastonce.odd.Database.POSTGRESQL;
import static io.github.atleastonce.odd.OddService.odd;
import static io.github.atleastonce.odd.OddService.on;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.stream.Stream;
import org.h2.jdbc.JdbcConnection;
import org.postgresql.PGConnection;

/** Services that use JDBC in ways that few do, and that are right all the same. */
final class JdbcGames {

    private JdbcGames() {}

    static Stream<OddService> all() {
        return Stream.of(
                odd("a savepoint around the marker", JdbcGames::savepoint),
                odd("marker and work in one batch of texts", JdbcGames::batchOfTexts),
                odd("rows in a prepared batch", JdbcGames::preparedBatch),
                odd("an empty batch", JdbcGames::emptyBatch),
                odd("generated keys", JdbcGames::generatedKeys),
                odd("a read-only transaction before the one that writes", JdbcGames::readOnlyFirst),
                odd("a read on autocommit before the transaction", JdbcGames::autoCommitRead),
                odd("a statement that is never closed", JdbcGames::statementLeftOpen),
                odd("a result set that stays open while the same connection writes", JdbcGames::resultSetLeftOpen),
                odd("a transaction that only reads and is never ended", JdbcGames::transactionNeverEnded),
                odd("setAutoCommit(true) commits", JdbcGames::setAutoCommitCommits),
                on(POSTGRESQL, "BEGIN and COMMIT as texts", JdbcGames::transactionInTexts),
                on(POSTGRESQL, "one statement does it all on autocommit", JdbcGames::oneStatement),
                on(POSTGRESQL, "PostgreSQL's connection is asked for its process", JdbcGames::asksPostgreSql),
                on(H2, "H2's connection is asked whether it is closed", JdbcGames::asksH2),
                odd("the connection behind the metadata is asked for its catalog", JdbcGames::asksMetadata),
                odd("the tables are looked for in the metadata", JdbcGames::looksForTables),
                odd("one connection reads while another writes", JdbcGames::twoConnections),
                odd("a second database is told first, by its key", JdbcGames::twoDatabases),
                odd("the bare data source is asked in between", JdbcGames::asksBare),
                odd("a double of another system keeps its state elsewhere", JdbcGames::doubleElsewhere),
                odd("the isolation is SERIALIZABLE, and who fails tries again", JdbcGames::serializable),
                odd("the isolation is REPEATABLE READ, and the message comes again", JdbcGames::repeatableRead),
                odd("a time-out for each statement", JdbcGames::queryTimeout),
                odd("rows are fetched one by one", JdbcGames::fetchSize),
                odd("rows are written through a result set", JdbcGames::updatableResultSet),
                on(POSTGRESQL, "a function of the database does it all", JdbcGames::function),
                on(POSTGRESQL, "a trigger of the database does the work", JdbcGames::trigger),
                on(POSTGRESQL, "a table for what is staged, gone with the transaction", JdbcGames::temporaryTable),
                on(POSTGRESQL, "a constraint that is checked at the commit", JdbcGames::deferredConstraint),
                on(POSTGRESQL, "an array as a parameter", JdbcGames::array),
                odd("a table is made in the handler if it is not there", JdbcGames::tableInTheHandler),
                odd("a rollback on purpose, and then the work", JdbcGames::rollbackOnPurpose),
                odd("comments and odd spaces in the statements", JdbcGames::comments));
    }

    private static void asksBare(Shop shop) {
        shop.reserves((life, db) -> order -> {
            if (shop.db().query("SELECT count(*) FROM inbox WHERE id = " + order.number()) == 0) {
                Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
            }
            assertThat(shop.db().query("SELECT count(*) FROM inbox")).isNotNegative();
        });
    }

    private static void doubleElsewhere(Shop shop) {
        var bank = Database.h2("bank");
        Database.execute(bank, "CREATE TABLE IF NOT EXISTS charged (id BIGINT PRIMARY KEY); DELETE FROM charged");
        shop.reserves((life, db) -> order -> {
            Database.execute(bank, "MERGE INTO charged KEY (id) VALUES (" + order.number() + ")");
            Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
        });
    }

    private static void savepoint(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            Savepoint before = connection.setSavepoint();
            try {
                Sql.update(connection, "INSERT INTO inbox (id) VALUES (?)", order.number());
            } catch (SQLException failure) {
                if (!Sql.isDuplicate(failure)) {
                    throw failure;
                }
                connection.rollback(before);
                return;
            }
            Sql.reserve(connection, order);
        }));
    }

    private static void batchOfTexts(Shop shop) {
        shop.reserves((life, db) -> order -> {
            try {
                Sql.inTransaction(db, connection -> {
                    try (Statement batch = connection.createStatement()) {
                        batch.addBatch("INSERT INTO inbox (id) VALUES (" + order.number() + ")");
                        batch.addBatch("UPDATE account SET credit = credit - " + order.amount());
                        batch.executeBatch();
                    }
                });
            } catch (SQLException failure) {
                if (!Sql.isDuplicate(failure)) {
                    throw failure;
                }
            }
        });
    }

    private static void preparedBatch(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            if (Sql.mark(connection, order)) {
                try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO line (order_id, article) VALUES (?, ?)")) {
                    for (int article = 0; article < 3; article++) {
                        insert.setLong(1, order.number());
                        insert.setInt(2, article);
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
                Sql.reserve(connection, order);
            }
        }));
        assertThat(shop.db().query("SELECT count(*) FROM line")).isEqualTo(3);
    }

    private static void emptyBatch(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            try (PreparedStatement nothing = connection.prepareStatement("DELETE FROM line WHERE order_id = ?")) {
                nothing.executeBatch();
            }
            Sql.reserveOnce(connection, order);
        }));
    }

    private static void generatedKeys(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            if (!Sql.mark(connection, order)) {
                return;
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO line (order_id, article) VALUES (?, 1)", Statement.RETURN_GENERATED_KEYS)) {
                insert.setLong(1, order.number());
                insert.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    keys.next();
                    Sql.update(connection, "UPDATE line SET article = 2 WHERE number = ?", keys.getLong(1));
                }
            }
            Sql.reserve(connection, order);
        }));
        assertThat(shop.db().query("SELECT count(*) FROM line WHERE article = 2"))
                .isOne();
    }

    private static void readOnlyFirst(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.onAutoCommit(db, connection -> {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            long known = Sql.number(connection, "SELECT count(*) FROM inbox WHERE id = ?", order.number());
            connection.commit();
            connection.setReadOnly(false);
            if (known == 0) {
                Sql.inTransaction(connection, writing -> Sql.reserveOnce(writing, order));
            }
        }));
    }

    private static void autoCommitRead(Shop shop) {
        shop.reserves((life, db) -> order -> {
            long[] known = new long[1];
            Sql.onAutoCommit(
                    db,
                    connection -> known[0] =
                            Sql.number(connection, "SELECT count(*) FROM inbox WHERE id = ?", order.number()));
            if (known[0] == 0) {
                Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
            }
        });
    }

    private static void statementLeftOpen(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            Statement forgotten = connection.createStatement();
            forgotten.execute("SELECT count(*) FROM account");
            Sql.reserveOnce(connection, order);
        }));
    }

    private static void resultSetLeftOpen(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            Statement query = connection.createStatement();
            ResultSet accounts = query.executeQuery("SELECT id FROM account");
            while (accounts.next()) {
                Sql.reserveOnce(connection, order);
            }
        }));
    }

    private static void transactionNeverEnded(Shop shop) {
        shop.reserves((life, db) -> order -> {
            try (Connection reading = db.getConnection()) {
                reading.setAutoCommit(false);
                Sql.number(reading, "SELECT credit FROM account WHERE id = 1");
                // The pool rolls back.
            }
            Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
        });
    }

    private static void setAutoCommitCommits(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.onAutoCommit(db, connection -> {
            connection.setAutoCommit(false);
            try {
                Sql.reserveOnce(connection, order);
            } catch (SQLException failure) {
                connection.rollback();
                throw failure;
            }
            connection.setAutoCommit(true);
        }));
    }

    private static void transactionInTexts(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.onAutoCommit(db, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("BEGIN");
                try {
                    Sql.reserveOnce(connection, order);
                    statement.execute("COMMIT");
                } catch (SQLException failure) {
                    statement.execute("ROLLBACK");
                    throw failure;
                }
            }
        }));
    }

    private static void oneStatement(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.onAutoCommit(
                db,
                connection -> Sql.update(
                        connection,
                        "WITH new AS (INSERT INTO inbox (id) VALUES (?) ON CONFLICT DO NOTHING RETURNING id) "
                                + "UPDATE account SET credit = credit - ? WHERE id = 1 AND EXISTS (SELECT 1 FROM new)",
                        order.number(),
                        order.amount())));
    }

    private static void asksPostgreSql(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            assertThat(connection.unwrap(PGConnection.class).getBackendPID()).isPositive();
            Sql.reserveOnce(connection, order);
        }));
    }

    private static void asksH2(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            assertThat(connection.unwrap(JdbcConnection.class).isClosed()).isFalse();
            Sql.reserveOnce(connection, order);
        }));
    }

    private static void asksMetadata(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            assertThat(connection.getMetaData().getConnection().getCatalog()).isNotEmpty();
            Sql.reserveOnce(connection, order);
        }));
    }

    private static void looksForTables(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            try (ResultSet tables = connection.getMetaData().getTables(null, null, "inbox", null)) {
                assertThat(tables.next()).isTrue();
            }
            Sql.reserveOnce(connection, order);
        }));
    }

    private static void twoConnections(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            try (Connection reading = db.getConnection()) {
                assertThat(Sql.number(reading, "SELECT count(*) FROM account")).isOne();
                Sql.reserveOnce(connection, order);
                assertThat(Sql.number(reading, "SELECT count(*) FROM account")).isOne();
            }
        }));
    }

    private static void twoDatabases(Shop shop) {
        var audit = Database.h2("audit");
        Database.execute(
                audit, "CREATE TABLE IF NOT EXISTS seen (id BIGINT PRIMARY KEY, amount INT); DELETE FROM seen");
        shop.reserves((life, db) -> {
            var other = life.dataSource(audit);
            return order -> {
                Sql.onAutoCommit(
                        other,
                        connection -> Sql.update(
                                connection, "MERGE INTO seen KEY (id) VALUES (?, ?)", order.number(), order.amount()));
                Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
            };
        });
        assertThat(Database.query(audit, "SELECT sum(amount) FROM seen")).isEqualTo(50);
    }

    private static void serializable(Shop shop) {
        shop.reservesBoth((life, db) -> order -> {
            for (int left = 5; ; left--) {
                try {
                    isolated(db, Connection.TRANSACTION_SERIALIZABLE, order);
                    return;
                } catch (SQLException failure) {
                    if (left == 0) {
                        throw failure;
                    }
                }
            }
        });
    }

    private static void repeatableRead(Shop shop) {
        shop.reservesBoth((life, db) -> order -> isolated(db, Connection.TRANSACTION_REPEATABLE_READ, order));
    }

    private static void isolated(javax.sql.DataSource db, int level, Order order) throws Exception {
        Sql.onAutoCommit(db, connection -> {
            connection.setTransactionIsolation(level);
            Sql.inTransaction(connection, isolated -> {
                if (Sql.number(isolated, "SELECT count(*) FROM inbox WHERE id = ?", order.number()) == 0) {
                    Sql.update(isolated, "INSERT INTO inbox (id) VALUES (?)", order.number());
                    long credit = Sql.number(isolated, "SELECT credit FROM account WHERE id = 1");
                    Sql.update(isolated, "UPDATE account SET credit = ? WHERE id = 1", credit - order.amount());
                }
            });
        });
    }

    private static void queryTimeout(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(60);
                statement.execute("SELECT credit FROM account");
            }
            Sql.reserveOnce(connection, order);
        }));
    }

    private static void fetchSize(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            Sql.reserveOnce(connection, order);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(1);
                try (ResultSet rows = statement.executeQuery("SELECT id FROM inbox")) {
                    while (rows.next()) {
                        assertThat(rows.getLong(1)).isPositive();
                    }
                }
            }
        }));
    }

    private static void updatableResultSet(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            if (!Sql.mark(connection, order)) {
                return;
            }
            try (Statement statement =
                            connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                    ResultSet account =
                            statement.executeQuery("SELECT id, credit FROM account WHERE id = 1 FOR UPDATE")) {
                account.next();
                account.updateInt(2, account.getInt(2) - order.amount());
                account.updateRow();
            }
        }));
    }

    private static void function(Shop shop) {
        shop.scenario()
                .reset(() -> shop.db()
                        .execute(
                                "CREATE OR REPLACE FUNCTION reserve(a_key BIGINT, an_amount INT) RETURNS INT AS $$ BEGIN "
                                        + "INSERT INTO inbox (id) VALUES (a_key) ON CONFLICT DO NOTHING; "
                                        + "IF FOUND THEN UPDATE account SET credit = credit - an_amount; END IF; RETURN 1; "
                                        + "END $$ LANGUAGE plpgsql"));
        shop.reserves((life, db) -> order -> Sql.onAutoCommit(db, connection -> {
            try (CallableStatement call = connection.prepareCall("{? = call reserve(?, ?)}")) {
                call.registerOutParameter(1, java.sql.Types.INTEGER);
                call.setLong(2, order.number());
                call.setInt(3, order.amount());
                call.execute();
                assertThat(call.getInt(1)).isOne();
            }
        }));
    }

    private static void trigger(Shop shop) {
        shop.scenario()
                .reset(() -> shop.db()
                        .execute("CREATE OR REPLACE FUNCTION placed() RETURNS trigger AS $$ BEGIN "
                                + "UPDATE account SET credit = credit - NEW.amount; RETURN NEW; END $$ LANGUAGE plpgsql; "
                                + "CREATE OR REPLACE TRIGGER placed AFTER INSERT ON orders FOR EACH ROW "
                                + "WHEN (NEW.status = 'TRIGGER') EXECUTE FUNCTION placed()"));
        shop.reserves((life, db) -> order -> Sql.onAutoCommit(
                db,
                connection -> Sql.update(
                        connection,
                        "INSERT INTO orders (id, amount, status) VALUES (?, ?, 'TRIGGER') ON CONFLICT DO NOTHING",
                        order.number(),
                        order.amount())));
    }

    private static void temporaryTable(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMPORARY TABLE staged (amount INT) ON COMMIT DROP");
            }
            Sql.update(connection, "INSERT INTO staged VALUES (?)", order.amount());
            if (Sql.mark(connection, order)) {
                Sql.update(connection, "UPDATE account SET credit = credit - (SELECT sum(amount) FROM staged)");
            }
        }));
    }

    private static void deferredConstraint(Shop shop) {
        shop.scenario()
                .reset(() -> shop.db()
                        .execute("DROP TABLE IF EXISTS deferred; CREATE TABLE deferred (id BIGINT, "
                                + "CONSTRAINT once UNIQUE (id) DEFERRABLE INITIALLY DEFERRED)"));
        shop.reserves((life, db) -> order -> {
            try {
                Sql.inTransaction(db, connection -> {
                    Sql.update(connection, "INSERT INTO deferred VALUES (?)", order.number());
                    Sql.reserve(connection, order);
                });
            } catch (SQLException failure) {
                if (!Sql.isDuplicate(failure)) {
                    throw failure;
                }
            }
        });
    }

    private static void array(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            var ids = connection.createArrayOf("bigint", new Object[] {order.number()});
            int known = (int) Sql.number(connection, "SELECT count(*) FROM inbox WHERE id = ANY (?)", ids);
            ids.free();
            if (known == 0) {
                Sql.reserveOnce(connection, order);
            }
        }));
    }

    private static void tableInTheHandler(Shop shop) {
        shop.scenario().reset(() -> shop.db().execute("DROP TABLE IF EXISTS november"));
        shop.reserves((life, db) -> order -> {
            Sql.onAutoCommit(
                    db,
                    connection ->
                            Sql.update(connection, "CREATE TABLE IF NOT EXISTS november (id BIGINT PRIMARY KEY)"));
            Sql.inTransaction(db, connection -> {
                if (Sql.update(connection, "INSERT INTO november VALUES (?) ON CONFLICT DO NOTHING", order.number())
                        == 1) {
                    Sql.reserve(connection, order);
                }
            });
        });
    }

    private static void rollbackOnPurpose(Shop shop) {
        shop.reserves((life, db) -> order -> {
            try (Connection trial = db.getConnection()) {
                trial.setAutoCommit(false);
                Sql.update(trial, "INSERT INTO line (order_id, article) VALUES (?, 0)", order.number());
                trial.rollback();
            }
            Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
        });
        assertThat(shop.db().query("SELECT count(*) FROM line")).isZero();
    }

    private static void comments(Shop shop) {
        shop.reserves((life, db) -> order -> Sql.inTransaction(db, connection -> {
            int rows = Sql.update(
                    connection,
                    "/* the marker */ \n insert -- into what?\n into\tinbox(id) values (?) on conflict do nothing",
                    order.number());
            if (rows == 1) {
                Sql.update(
                        connection, "\n\n UPDATE \"account\" SET credit=credit-? WHERE id=1 -- once", order.amount());
            }
        }));
    }
}
