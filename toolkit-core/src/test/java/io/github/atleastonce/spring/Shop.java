package io.github.atleastonce.spring;

import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** A small application: it knows Spring, and nothing of this toolkit. */
class Shop {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    Shop(JdbcTemplate jdbc, PlatformTransactionManager manager) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(manager);
    }

    /** The configuration that all databases share. */
    @Configuration
    @EnableTransactionManagement
    static class Beans {

        @Bean
        PlatformTransactionManager manager(DataSource db) {
            return new JdbcTransactionManager(db);
        }

        @Bean
        JdbcTemplate jdbc(DataSource db) {
            JdbcTemplate jdbc = new JdbcTemplate(db);
            jdbc.execute("DROP TABLE IF EXISTS shop_order");
            jdbc.execute("DROP TABLE IF EXISTS shop_outbox");
            jdbc.execute("CREATE TABLE shop_order (id VARCHAR(20) PRIMARY KEY)");
            jdbc.execute("CREATE TABLE shop_outbox (id VARCHAR(20))");
            return jdbc;
        }

        @Bean
        Shop shop(JdbcTemplate jdbc, PlatformTransactionManager manager) {
            return new Shop(jdbc, manager);
        }
    }

    /** Right: both rows or none. */
    @Transactional
    public void place(String id) {
        insertOrder(id);
        insertEvent(id);
    }

    /** Wrong: two transactions. */
    public void placeInTwoTransactions(String id) {
        transaction.executeWithoutResult(status -> insertOrder(id));
        transaction.executeWithoutResult(status -> insertEvent(id));
    }

    /** A process that has died does not get to the end of this method. */
    public void placeAndRepair(String id) {
        try {
            place(id);
        } catch (Throwable anything) {
            insertEvent("repaired-" + id);
        }
    }

    /** Wrong: what the other thread commits, it commits by itself. */
    public void placeOnAnotherThread(String id, ExecutorService others) throws Exception {
        others.submit(() -> transaction.executeWithoutResult(status -> insertOrder(id)))
                .get();
        transaction.executeWithoutResult(status -> insertEvent(id));
    }

    public void insertOrder(String id) {
        jdbc.update("INSERT INTO shop_order VALUES (?)", id);
    }

    public void insertEvent(String id) {
        jdbc.update("INSERT INTO shop_outbox VALUES (?)", id);
    }

    public long orders() {
        return count("SELECT count(*) FROM shop_order");
    }

    public long events() {
        return count("SELECT count(*) FROM shop_outbox");
    }

    public long repairs() {
        return count("SELECT count(*) FROM shop_outbox WHERE id LIKE 'repaired-%'");
    }

    public void clear() {
        jdbc.update("DELETE FROM shop_order");
        jdbc.update("DELETE FROM shop_outbox");
    }

    private long count(String sql) {
        Long rows = jdbc.queryForObject(sql, Long.class);
        return rows == null ? 0 : rows;
    }
}
