package io.github.atleastonce.examples.customersandorders;

import com.zaxxer.hikari.HikariDataSource;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * The databases of the three services, which know nothing of each other.
 *
 * @param orders that of the orders
 * @param customers that of the customers
 * @param notifications that of the notifications
 */
record Databases(DataSource orders, DataSource customers, DataSource notifications) {

    /** Makes three of H2, in memory, for very many schedules. */
    static Databases h2() {
        return new Databases(h2("orders"), h2("customers"), h2("notifications"));
    }

    /** Makes three schemas of a real PostgreSQL. */
    static Databases postgreSql() {
        return new Databases(postgreSql("orders"), postgreSql("customers"), postgreSql("notifications"));
    }

    private static DataSource h2(String name) {
        String url =
                "jdbc:h2:mem:" + name + UUID.randomUUID() + ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=100";
        return filled(name, JdbcConnectionPool.create(url, "sa", ""));
    }

    private static DataSource postgreSql(String name) {
        new JdbcTemplate(PostgreSql.shared().bare())
                .execute("DROP SCHEMA IF EXISTS " + name + " CASCADE; CREATE SCHEMA " + name);
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(PostgreSql.shared().url());
        pool.setSchema(name);
        pool.setMaximumPoolSize(4);
        return filled(name, pool);
    }

    private static DataSource filled(String name, DataSource source) {
        new ResourceDatabasePopulator(new ClassPathResource(name + ".sql")).execute(source);
        return source;
    }

    /** Brings all of them back to one customer with a credit of 100. */
    void reset() {
        new JdbcTemplate(orders).update("DELETE FROM customer_order");
        new JdbcTemplate(orders).update("DELETE FROM outbox");
        JdbcTemplate jdbc = new JdbcTemplate(customers);
        jdbc.update("DELETE FROM customer");
        jdbc.update("DELETE FROM reservation");
        jdbc.update("DELETE FROM outbox");
        jdbc.update("INSERT INTO customer VALUES ('c-1', 100)");
        new JdbcTemplate(notifications).update("DELETE FROM letter");
    }

    /** Returns the orders that were placed. */
    List<String> placed() {
        return new JdbcTemplate(orders).queryForList("SELECT id FROM customer_order", String.class);
    }

    /** Returns the orders in a state. */
    List<String> ordersThatAre(String state) {
        return new JdbcTemplate(orders)
                .queryForList("SELECT id FROM customer_order WHERE state = ?", String.class, state);
    }

    /** Returns the orders for which credit is reserved. */
    List<String> reserved() {
        return new JdbcTemplate(customers)
                .queryForList("SELECT order_id FROM reservation WHERE state = 'RESERVED'", String.class);
    }

    /** Returns the orders for which credit was reserved, and may be free again. */
    List<String> onceReserved() {
        return new JdbcTemplate(customers)
                .queryForList("SELECT order_id FROM reservation WHERE state <> 'REFUSED'", String.class);
    }

    /** Returns the orders for which credit was reserved, and is free again. */
    List<String> released() {
        return new JdbcTemplate(customers)
                .queryForList("SELECT order_id FROM reservation WHERE state = 'RELEASED'", String.class);
    }

    /** Returns the credit that is left, and that of all reservations. */
    int credit() {
        return number("SELECT credit FROM customer")
                + number("SELECT coalesce(sum(total), 0) FROM reservation WHERE state = 'RESERVED'");
    }

    private int number(String sql) {
        Integer number = new JdbcTemplate(customers).queryForObject(sql, Integer.class);
        return number == null ? 0 : number;
    }

    /** Returns the states of the orders, and what the customers were told of them. */
    List<String> states() {
        return new JdbcTemplate(orders).queryForList("SELECT state FROM customer_order ORDER BY id", String.class);
    }

    List<String> letters() {
        return new JdbcTemplate(notifications)
                .queryForList("SELECT upper(substring(says, 6)) FROM letter ORDER BY order_id", String.class);
    }
}
