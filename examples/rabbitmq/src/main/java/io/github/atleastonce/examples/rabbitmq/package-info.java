/** The credit of customers, reserved by a listener of AMQP. */
@NullMarked
package io.github.atleastonce.examples.rabbitmq;

import org.jspecify.annotations.NullMarked;
