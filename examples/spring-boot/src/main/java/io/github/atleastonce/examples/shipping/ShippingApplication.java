package io.github.atleastonce.examples.shipping;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Requests a shipment for each order that is placed; its configuration stands in {@code shipping.properties}. */
@SpringBootApplication
public class ShippingApplication {

    /**
     * Starts the service.
     *
     * @param arguments Spring's arguments
     */
    public static void main(String[] arguments) {
        System.setProperty("spring.config.name", "shipping");
        SpringApplication.run(ShippingApplication.class, arguments);
    }
}
