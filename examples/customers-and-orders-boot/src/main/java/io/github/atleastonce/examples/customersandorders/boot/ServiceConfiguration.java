package io.github.atleastonce.examples.customersandorders.boot;

import io.github.atleastonce.examples.customersandorders.Channels;
import io.github.atleastonce.examples.customersandorders.Customers;
import io.github.atleastonce.examples.customersandorders.Notifications;
import io.github.atleastonce.examples.customersandorders.Orders;
import io.github.atleastonce.examples.customersandorders.Relay;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** The three services. */
@Configuration
class ServiceConfiguration {

    @Bean
    Channels channels(
            KafkaTemplate<String, Object> kafka, @Value("${shop.wait-for-acknowledgement:true}") boolean waiting) {
        return (channel, key, message) -> {
            var acknowledgement = kafka.send(channel, key, message);
            if (waiting) {
                acknowledgement.join();
            }
        };
    }

    @Bean
    Orders orders(@Qualifier("ordersDatabase") DataSource database, Channels channels) {
        return new Orders(database, channels, Relay.SENDS_FIRST);
    }

    @Bean
    Customers customers(@Qualifier("customersDatabase") DataSource database, Channels channels) {
        return new Customers(database, channels, Customers.Memory.KEEPS_RELEASED);
    }

    @Bean
    Notifications notifications(@Qualifier("notificationsDatabase") DataSource database) {
        return new Notifications(database);
    }
}
