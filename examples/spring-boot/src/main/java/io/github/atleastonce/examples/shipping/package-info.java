/** A shipping service in Spring Boot as most are: JSON in, JSON out, with the serializers that Spring Kafka offers. */
@NullMarked
package io.github.atleastonce.examples.shipping;

import org.jspecify.annotations.NullMarked;
