/**
 * A proxy in front of a Kafka broker that knows the protocol: clients that nobody edited, in any language, meet the faults of a schedule.
 *
 * <p>{@link io.github.atleastonce.kafka.proxy.FaultProxy} listens on loopback and passes requests and answers on as bytes, each connection on two
 * threads of its own. A few messages it understands, by a description that is data ({@code messages.txt}) and an interpreter: addresses are
 * changed, so that clients stay behind the proxy; versions that it does not know are not advertised. {@link
 * io.github.atleastonce.kafka.proxy.Watch} is asked at each append, commit and delivery, and may let it fail as a broker would.
 *
 * <p>Of Kafka's clients nothing is used here but the name of a partition, so that their version does not matter.
 */
@NullMarked
package io.github.atleastonce.kafka.proxy;

import org.jspecify.annotations.NullMarked;
