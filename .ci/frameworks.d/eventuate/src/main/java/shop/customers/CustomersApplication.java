package shop.customers;

import io.eventuate.tram.spring.consumer.jdbc.TransactionalNoopDuplicateMessageDetectorConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Keeps the credit of customers. */
@SpringBootApplication
public class CustomersApplication {

    /** Eventuate's own choice for those who do without its table of what was received. */
    @Configuration
    @ConditionalOnProperty(name = "shop.detects-duplicates", havingValue = "false")
    @Import(TransactionalNoopDuplicateMessageDetectorConfiguration.class)
    static class ForgetsWhatWasReceived {}
}
