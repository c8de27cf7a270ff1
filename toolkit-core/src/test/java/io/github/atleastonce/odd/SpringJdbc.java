package io.github.atleastonce.odd;

import static io.github.atleastonce.odd.OddService.odd;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Services that use Spring's templates and transactions. */
final class SpringJdbc {

    private SpringJdbc() {}

    static Stream<OddService> all() {
        return Stream.of(
                odd("JdbcTemplate in a TransactionTemplate", SpringJdbc::template),
                odd(
                        "JdbcTemplate: a duplicate is an exception, swallowed around the transaction",
                        SpringJdbc::duplicateKey),
                odd("JdbcClient", SpringJdbc::client),
                odd("NamedParameterJdbcTemplate.batchUpdate", SpringJdbc::namedBatch),
                odd("SimpleJdbcInsert, which asks the metadata", SpringJdbc::simpleInsert),
                odd("a KeyHolder", SpringJdbc::keyHolder),
                odd("a nested transaction around the marker", SpringJdbc::nested),
                odd("an audit in a transaction of its own, by its key", SpringJdbc::requiresNew),
                odd("a read outside of the transaction", SpringJdbc::notSupported),
                odd("rolled back by setRollbackOnly when it was known", SpringJdbc::rollbackOnly),
                odd("a cache that is filled after the commit", SpringJdbc::afterCommit),
                odd("a read-only transaction, and then the one that writes", SpringJdbc::readOnly),
                odd("a ConnectionCallback with a statement that stays open", SpringJdbc::callback),
                odd("an exception for what is not there", SpringJdbc::emptyResult));
    }

    private record Spring(JdbcTemplate jdbc, JdbcTransactionManager transactions) {

        static Spring on(DataSource db) {
            return new Spring(new JdbcTemplate(db), new JdbcTransactionManager(db));
        }

        TransactionTemplate transaction(int propagation) {
            TransactionTemplate template = new TransactionTemplate(transactions);
            template.setPropagationBehavior(propagation);
            return template;
        }

        void inTransaction(Runnable work) {
            transaction(TransactionDefinition.PROPAGATION_REQUIRED).executeWithoutResult(status -> work.run());
        }

        void reserveOnce(Order order) {
            if (mark(order)) {
                reserve(order);
            }
        }

        boolean mark(Order order) {
            return jdbc.update("INSERT INTO inbox (id) VALUES (?) ON CONFLICT DO NOTHING", order.number()) == 1;
        }

        void reserve(Order order) {
            jdbc.update("UPDATE account SET credit = credit - ? WHERE id = 1", order.amount());
        }
    }

    private static void template(Shop shop) {
        shop.reserves((life, db) -> {
            Spring spring = Spring.on(db);
            return order -> spring.inTransaction(() -> spring.reserveOnce(order));
        });
    }

    private static void duplicateKey(Shop shop) {
        shop.reserves((life, db) -> {
            Spring spring = Spring.on(db);
            return order -> {
                try {
                    spring.inTransaction(() -> {
                        spring.jdbc().update("INSERT INTO inbox (id) VALUES (?)", order.number());
                        spring.reserve(order);
                    });
                } catch (DuplicateKeyException known) {
                    assertThat(known).hasMessageContaining("inbox");
                }
            };
        });
    }

    private static void client(Shop shop) {
        shop.reserves((life, db) -> {
            JdbcClient client = JdbcClient.create(db);
            Spring spring = Spring.on(db);
            return order -> spring.inTransaction(() -> {
                if (client.sql("INSERT INTO inbox (id) VALUES (:id) ON CONFLICT DO NOTHING")
                                .param("id", order.number())
                                .update()
                        == 1) {
                    client.sql("UPDATE account SET credit = credit - :amount")
                            .param("amount", order.amount())
                            .update();
                }
            });
        });
    }

    private static void namedBatch(Shop shop) {
        shop.reserves((life, db) -> {
            Spring spring = Spring.on(db);
            NamedParameterJdbcTemplate named = new NamedParameterJdbcTemplate(db);
            return order -> spring.inTransaction(() -> {
                if (spring.mark(order)) {
                    SqlParameterSource[] lines = {
                        new MapSqlParameterSource(Map.of("id", order.number(), "article", 1)),
                        new MapSqlParameterSource(Map.of("id", order.number(), "article", 2))
                    };
                    named.batchUpdate("INSERT INTO line (order_id, article) VALUES (:id, :article)", lines);
                    spring.reserve(order);
                }
            });
        });
        assertThat(shop.db().query("SELECT count(*) FROM line")).isEqualTo(2);
    }

    private static void simpleInsert(Shop shop) {
        shop.reserves((life, db) -> {
            Spring spring = Spring.on(db);
            return order -> spring.inTransaction(() -> {
                if (spring.mark(order)) {
                    new SimpleJdbcInsert(spring.jdbc())
                            .withTableName("line")
                            .usingColumns("order_id", "article")
                            .execute(Map.of("order_id", order.number(), "article", 7));
                    spring.reserve(order);
                }
            });
        });
        assertThat(shop.db().query("SELECT count(*) FROM line")).isOne();
    }

    private static void keyHolder(Shop shop) {
        shop.reserves((life, db) -> {
            Spring spring = Spring.on(db);
            return order -> spring.inTransaction(() -> {
                if (spring.mark(order)) {
                    GeneratedKeyHolder keys = new GeneratedKeyHolder();
                    spring.jdbc()
                            .update(
                                    connection -> {
                                        var insert = connection.prepareStatement(
                                                "INSERT INTO line (order_id, article) VALUES (?, 1)",
                                                new String[] {"number"});
                                        insert.setLong(1, order.number());
                                        return insert;
                                    },
                                    keys);
                    assertThat(keys.getKey()).isNotNull();
                    spring.reserve(order);
                }
            });
        });
    }

    private static void nested(Shop shop) {
        shop.reserves((life, db) -> {
            Spring spring = Spring.on(db);
            return order -> spring.inTransaction(() -> {
                try {
                    spring.transaction(TransactionDefinition.PROPAGATION_NESTED)
                            .executeWithoutResult(status ->
                                    spring.jdbc().update("INSERT INTO inbox (id) VALUES (?)", order.number()));
                } catch (DuplicateKeyException known) {
                    return;
                }
                spring.reserve(order);
            });
        });
    }

    private static void requiresNew(Shop shop) {
        shop.reserves((life, db) -> {
            Spring spring = Spring.on(db);
            return order -> spring.inTransaction(() -> {
                spring.transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                        .executeWithoutResult(status -> spring.jdbc()
                                .update(
                                        "INSERT INTO orders (id, amount, status) VALUES (?, ?, 'SEEN') ON CONFLICT DO NOTHING",
                                        order.number(),
                                        order.amount()));
                spring.reserveOnce(order);
            });
        });
        assertThat(shop.db().query("SELECT sum(amount) FROM orders")).isEqualTo(50);
    }

    private static void notSupported(Shop shop) {
        shop.reserves((life, db) -> {
            Spring spring = Spring.on(db);
            return order -> spring.inTransaction(() -> {
                spring.transaction(TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
                        .executeWithoutResult(status -> assertThat(
                                        spring.jdbc().queryForObject("SELECT count(*) FROM account", Integer.class))
                                .isOne());
                spring.reserveOnce(order);
            });
        });
    }

    private static void rollbackOnly(Shop shop) {
        shop.reserves((life, db) -> {
            Spring spring = Spring.on(db);
            return order -> spring.transaction(TransactionDefinition.PROPAGATION_REQUIRED)
                    .executeWithoutResult(status -> {
                        spring.reserve(order);
                        if (!spring.mark(order)) {
                            status.setRollbackOnly();
                        }
                    });
        });
    }

    private static void afterCommit(Shop shop) {
        shop.reserves((life, db) -> {
            Spring spring = Spring.on(db);
            List<Long> known = new java.util.ArrayList<>(
                    spring.jdbc().queryForList("SELECT id FROM inbox ORDER BY id", Long.class));
            return order -> {
                if (known.contains(order.number())) {
                    return;
                }
                spring.inTransaction(() -> {
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            known.add(order.number());
                        }
                    });
                    spring.reserveOnce(order);
                });
            };
        });
    }

    private static void readOnly(Shop shop) {
        shop.reserves((life, db) -> {
            Spring spring = Spring.on(db);
            TransactionTemplate reading = spring.transaction(TransactionDefinition.PROPAGATION_REQUIRED);
            reading.setReadOnly(true);
            return order -> {
                Integer known = reading.execute(status -> spring.jdbc()
                        .queryForObject("SELECT count(*) FROM inbox WHERE id = ?", Integer.class, order.number()));
                if (known == null || known == 0) {
                    spring.inTransaction(() -> spring.reserveOnce(order));
                }
            };
        });
    }

    private static void callback(Shop shop) {
        shop.reserves((life, db) -> {
            Spring spring = Spring.on(db);
            return order -> spring.inTransaction(() -> {
                spring.jdbc().execute((ConnectionCallback<Void>) (Connection connection) -> {
                    Statement forgotten = connection.createStatement();
                    forgotten.execute("SELECT count(*) FROM account");
                    return null;
                });
                spring.reserveOnce(order);
            });
        });
    }

    private static void emptyResult(Shop shop) {
        shop.reserves((life, db) -> {
            Spring spring = Spring.on(db);
            return order -> {
                try {
                    spring.jdbc().queryForObject("SELECT id FROM inbox WHERE id = ?", Long.class, order.number());
                } catch (EmptyResultDataAccessException unknown) {
                    tried(() -> spring.inTransaction(() -> spring.reserveOnce(order)));
                }
            };
        });
    }

    /** What a lock refuses is tried once more. */
    private static void tried(Runnable work) {
        try {
            work.run();
        } catch (CannotAcquireLockException refused) {
            work.run();
        }
    }
}
