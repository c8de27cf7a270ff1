/**
 * A credit service in plain Java: it reads orders from Kafka and reserves credit in PostgreSQL.
 *
 * <p>{@link io.github.atleastonce.examples.quickstart.OrderListener} takes records from the topic and commits its offsets after
 * its work, so a record may come again. {@link io.github.atleastonce.examples.quickstart.NaiveReservation} takes the money
 * again when it does; {@link io.github.atleastonce.examples.quickstart.IdempotentReservation} does not.
 */
@NullMarked
package io.github.atleastonce.examples.quickstart;

import org.jspecify.annotations.NullMarked;
