package io.github.atleastonce.spring;

import com.zaxxer.hikari.HikariDataSource;
import io.github.atleastonce.jdbc.Postgres;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class PostgreSql {

    @Bean
    HikariDataSource db() {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(Postgres.bare());
        pool.setMaximumPoolSize(4);
        return pool;
    }
}
