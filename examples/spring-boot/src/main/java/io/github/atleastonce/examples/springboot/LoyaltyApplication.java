package io.github.atleastonce.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Books points for orders. */
@SpringBootApplication
public class LoyaltyApplication {

    /**
     * Starts the service.
     *
     * @param arguments Spring's arguments
     */
    public static void main(String[] arguments) {
        SpringApplication.run(LoyaltyApplication.class, arguments);
    }
}
