package io.github.atleastonce.examples.customersandorders.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the three services. */
@SpringBootApplication
@EnableScheduling
public class ShopApplication {

    /** Starts the application. */
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }
}
