package io.github.atleastonce.odd;

import static io.github.atleastonce.odd.Database.POSTGRESQL;
import static io.github.atleastonce.odd.OddService.odd;
import static io.github.atleastonce.odd.OddService.on;

import com.zaxxer.hikari.HikariDataSource;
import io.github.atleastonce.run.Life;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Pools above and below what is instrumented, and connections that live long. */
final class Pools {

    private Pools() {}

    static Stream<OddService> all() {
        return Stream.of(
                odd("no pool at all", Pools::noPool),
                odd("a pool above", Pools::above),
                odd("a pool above that asks the database before it lends", Pools::aboveWithTest),
                odd("a pool above that prepares each connection by a statement", Pools::aboveWithInit),
                odd("a pool above a pool", Pools::aboveAndBelow),
                odd("a pool above a pool above", Pools::twoAbove),
                odd("connections that open when they are used", Pools::lazy),
                odd("connections that know of transactions", Pools::transactionAware),
                odd("a data source that routes", Pools::routing),
                odd("one connection for a life, opened anew when it is lost", Pools::single),
                odd("a pool of its own, written by hand", Pools::byHand),
                odd("a pool for each life that nobody closes", Pools::neverClosed),
                on(
                        POSTGRESQL,
                        "a connection that goes back to its pool by way of its metadata",
                        Pools::closedByMetadata));
    }

    private static void noPool(Shop shop) {
        shop.reserves(shop.db().bare(), (life, db) -> order -> reserveOnce(db, order));
    }

    private static void above(Shop shop) {
        shop.reserves(shop.db().bare(), (life, db) -> {
            DataSource pool = pool(life, db);
            return order -> reserveOnce(pool, order);
        });
    }

    private static void aboveWithTest(Shop shop) {
        shop.reserves(shop.db().bare(), (life, db) -> {
            HikariDataSource pool = pool(life, db);
            pool.setConnectionTestQuery("SELECT 1");
            return order -> reserveOnce(pool, order);
        });
    }

    private static void aboveWithInit(Shop shop) {
        shop.reserves(shop.db().bare(), (life, db) -> {
            HikariDataSource pool = pool(life, db);
            pool.setConnectionInitSql("SELECT 1");
            pool.setConnectionTimeout(1_000);
            return order -> reserveOnce(pool, order);
        });
    }

    private static void aboveAndBelow(Shop shop) {
        shop.reserves((life, db) -> {
            DataSource pool = pool(life, db);
            return order -> reserveOnce(pool, order);
        });
    }

    private static void twoAbove(Shop shop) {
        shop.reserves(shop.db().bare(), (life, db) -> {
            DataSource pool = pool(life, pool(life, db));
            return order -> reserveOnce(pool, order);
        });
    }

    private static void lazy(Shop shop) {
        shop.reserves((life, db) -> {
            DataSource lazy = new LazyConnectionDataSourceProxy(db);
            return order -> reserveOnce(lazy, order);
        });
    }

    private static void transactionAware(Shop shop) {
        shop.reserves((life, db) -> {
            DataSource aware = new TransactionAwareDataSourceProxy(db);
            return order -> reserveOnce(aware, order);
        });
    }

    private static void routing(Shop shop) {
        shop.reserves((life, db) -> {
            AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
                @Override
                protected Object determineCurrentLookupKey() {
                    return "tenant";
                }
            };
            routing.setTargetDataSources(java.util.Map.of("tenant", db));
            routing.afterPropertiesSet();
            return order -> reserveOnce(routing, order);
        });
    }

    private static void single(Shop shop) {
        shop.reserves((life, db) -> {
            Connection[] kept = new Connection[1];
            return order -> {
                // Two threads at once must not share it.
                Connection mine = kept[0];
                kept[0] = null;
                if (mine == null || !mine.isValid(1)) {
                    mine = new SingleConnectionDataSource(db.getConnection(), true).getConnection();
                }
                Sql.inTransaction(mine, connection -> Sql.reserveOnce(connection, order));
                kept[0] = mine;
            };
        });
    }

    private static void byHand(Shop shop) {
        shop.reserves(shop.db().bare(), (life, db) -> {
            Deque<Connection> idle = new ArrayDeque<>();
            return order -> {
                Connection lent = idle.isEmpty() ? db.getConnection() : idle.pop();
                try {
                    Sql.inTransaction(lent, connection -> Sql.reserveOnce(connection, order));
                    idle.push(lent);
                } catch (SQLException failure) {
                    lent.close();
                    throw failure;
                }
            };
        });
    }

    private static void neverClosed(Shop shop) {
        shop.reserves(shop.db().bare(), (life, db) -> {
            DataSource pool = small(db);
            return order -> reserveOnce(pool, order);
        });
    }

    private static void closedByMetadata(Shop shop) {
        shop.reserves((life, db) -> order -> {
            Connection connection = db.getConnection();
            try {
                Sql.inTransaction(connection, open -> Sql.reserveOnce(open, order));
            } finally {
                connection.getMetaData().getConnection().close();
            }
        });
    }

    private static HikariDataSource pool(Life life, DataSource below) {
        HikariDataSource pool = small(below);
        life.onDeath(pool::close);
        return pool;
    }

    private static HikariDataSource small(DataSource below) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(below);
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(0);
        return pool;
    }

    private static void reserveOnce(DataSource db, Order order) throws Exception {
        Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
    }
}
