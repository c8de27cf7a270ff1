/**
 * The services of customers and orders as an application of Spring Boot: listeners on Kafka, a schema of PostgreSQL for each service, and relays
 * that poll their outboxes by schedule. Nobody leads them, and they share nothing but their process.
 */
@NullMarked
package io.github.atleastonce.examples.customersandorders.boot;

import org.jspecify.annotations.NullMarked;
