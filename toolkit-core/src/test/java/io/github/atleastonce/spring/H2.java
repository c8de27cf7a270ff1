package io.github.atleastonce.spring;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class H2 {

    @Bean
    HikariDataSource db() {
        return pool("shop");
    }

    static HikariDataSource pool(String name) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        pool.setMaximumPoolSize(4);
        return pool;
    }
}
