/**
 * The services of customers and orders as an application of Spring Boot: listeners on Kafka, a database for each service, and relays of their outboxes by
 * schedule. Nobody leads them, and they share nothing but their process.
 */
@NullMarked
package io.github.atleastonce.examples.customersandorders.boot;

import org.jspecify.annotations.NullMarked;
