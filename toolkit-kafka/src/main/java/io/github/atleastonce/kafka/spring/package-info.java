/**
 * Spring's Kafka listeners under crashes, with no edit of the application's code.
 *
 * <p>Each listener container of a test's context gets an interceptor before it starts, and its consumers a proxy. Outside of runs both do nothing.
 * Within a run a listener's thread is a {@linkplain io.github.atleastonce.hosted.HostedTasks task}: when a poll has found something it is suspended until
 * {@code settle()} resumes it; then the poll holds all that lies there, within {@code max.poll.records}. One record, or one batch, is handled at a time, and each
 * statement of the handler is a step of the run, named by its cause ({@code customers<orders[k1]/commit}: the group, and the record). So is each commit of
 * offsets, which may also fail: before it was made (REDELIVERY), or after (COMMIT_FAILED).
 *
 * <p>When the process dies at a step, the connections of its life are cut, and the error that is thrown stops the container, which
 * commits nothing for the record in hand: so spring-kafka treats each {@code Error}, past all error handlers. The container is
 * started again in the same context, and the record comes again from the committed offset.
 *
 * <p>What the application sends through a producer of a {@code ProducerFactory}, by a {@code KafkaTemplate} or by itself, is durable when the
 * send returns, and a step. Instead the send may report an error: to the future and the callback, after it has returned, with the
 * {@code TimeoutException} that Kafka's client has for a record that nobody acknowledged. SEND_FAILED has not written it, SEND_UNCERTAIN has.
 *
 * <p>What a test sends is written by the application's own serializers, so that listeners read it as they do in production.
 *
 * <p>CONCURRENT lets one listener begin while another is at work, each on its own thread, and hand the turn on at each step. A container has as many consumers as
 * the application asks for ({@code concurrency}), but for those that would get no partition, from the first run in its context on.
 *
 * <p>Containers that commit automatically take no part: closing such a consumer commits what it has in hand, which no
 * crash does. Nor do containers that are made after the context has started.
 */
@NullMarked
package io.github.atleastonce.kafka.spring;

import org.jspecify.annotations.NullMarked;
