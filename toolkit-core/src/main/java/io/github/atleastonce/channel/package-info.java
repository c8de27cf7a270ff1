/**
 * Channels, and the transports that carry them.
 *
 * <p>A {@link io.github.atleastonce.channel.MessageChannel} is the pattern of that name: a sender writes to it and does not
 * know who reads. Behind it stands a {@link io.github.atleastonce.channel.Transport}, which declares in its
 * {@link io.github.atleastonce.channel.Capabilities} what may lawfully go wrong on it. The in-memory transport keeps logs with
 * partitions, as Kafka does, with a position for each subscriber: what was handled is confirmed when all is quiet, and a crash
 * or a lost acknowledgement goes back to a position that was not.
 *
 * <p>To write a transport, implement {@code Transport} on top of {@link io.github.atleastonce.channel.Publisher} (faults at the
 * append) and {@link io.github.atleastonce.channel.Dispatcher} (faults before a delivery), hand each message over by a
 * {@link io.github.atleastonce.channel.Delivery}, and let the contract suite judge it.
 */
@NullMarked
package io.github.atleastonce.channel;

import org.jspecify.annotations.NullMarked;
