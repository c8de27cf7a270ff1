package io.github.atleastonce.examples.customersandorders.boot;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A schema of PostgreSQL for each service, which know nothing of each other: they might as well be three databases. */
@Configuration
class DatabaseConfiguration {

    private final String url;

    DatabaseConfiguration(@Value("${shop.database}") String url) {
        this.url = url;
    }

    @Bean
    DataSource ordersDatabase() {
        return database("orders");
    }

    @Bean
    DataSource customersDatabase() {
        return database("customers");
    }

    @Bean
    DataSource notificationsDatabase() {
        return database("notifications");
    }

    private DataSource database(String name) {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(url);
        database.setSchema(name);
        database.setMaximumPoolSize(4);
        new JdbcTemplate(database).execute("CREATE SCHEMA IF NOT EXISTS " + name);
        new ResourceDatabasePopulator(new ClassPathResource(name + ".sql")).execute(database);
        return database;
    }
}
