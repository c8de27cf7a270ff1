package io.github.atleastonce.examples.webhooks;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Follows what Stripe says of its customers. */
@SpringBootApplication
public class WebhooksApplication {

    /** Starts the application. */
    public static void main(String[] arguments) {
        SpringApplication.run(WebhooksApplication.class, arguments);
    }
}
