package io.github.atleastonce.examples.rabbitmq;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Keeps the credit of customers. */
@SpringBootApplication
public class CreditApplication {

    /**
     * Starts the service.
     *
     * @param arguments Spring's arguments
     */
    public static void main(String[] arguments) {
        SpringApplication.run(CreditApplication.class, arguments);
    }
}
