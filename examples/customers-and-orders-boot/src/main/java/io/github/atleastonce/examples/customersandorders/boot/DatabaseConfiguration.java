package io.github.atleastonce.examples.customersandorders.boot;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A database for each service, which know nothing of each other. */
@Configuration
class DatabaseConfiguration {

    private final String url;

    DatabaseConfiguration(@Value("${shop.databases}") String url) {
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
        database.setJdbcUrl(String.format(url, name));
        database.setUsername("sa");
        database.setMaximumPoolSize(4);
        ResourceDatabasePopulator schema = new ResourceDatabasePopulator(new ClassPathResource(name + ".sql"));
        schema.setContinueOnError(true); // it is there already
        schema.execute(database);
        return database;
    }
}
