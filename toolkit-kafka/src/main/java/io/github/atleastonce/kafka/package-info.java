/**
 * Kafka as a transport: the same test body, on a real broker.
 *
 * <p>Faults are injected where the test publishes: a copy at a new offset (DUPLICATE), another partition first (REORDER), a record held
 * back (DELAY), an unreadable record between the others (POISON). Inside a partition nothing is ever reordered, and nothing is
 * redelivered before a committed offset, since Kafka never does that.
 *
 * <p>Settling is evidence: for every group that consumes one of the topics the committed offsets have reached the end of each
 * partition, read in an order that makes the answer sound (see {@code GroupProgress}). Consumers that commit their offsets
 * after their work, as they should, need nothing else; they may run in the test's JVM or anywhere.
 *
 * <p>Services that a scenario boots with a lambda are fed by a consumer that the transport polls on the test's own thread.
 */
@NullMarked
package io.github.atleastonce.kafka;

import org.jspecify.annotations.NullMarked;
