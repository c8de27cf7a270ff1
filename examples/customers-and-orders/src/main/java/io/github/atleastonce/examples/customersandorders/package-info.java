/**
 * Orders, customers and notifications: three services that know each other by events only. An order is placed; its customer's credit is reserved, or does
 * not suffice; the order is approved or rejected, and the customer is told. Meanwhile the customer may have cancelled it. Nobody leads this process.
 *
 * <p>Each service has a database of its own, and an outbox there. The process is that of Chris Richardson's {@code customers-and-orders} (microservices.io).
 */
@NullMarked
package io.github.atleastonce.examples.customersandorders;

import org.jspecify.annotations.NullMarked;
