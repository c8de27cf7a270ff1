/**
 * Suites to extend: first of all the one that every transport passes, yours included.
 *
 * <p>A transport declares in its {@link io.github.atleastonce.channel.Capabilities} what may lawfully go wrong on it. The suite
 * takes it at its word: it runs a small flow under every schedule with one fault, and requires that each declared fault has a
 * schedule in which a subscriber sees its effect, that nothing else ever goes wrong, and that a settled run is really at
 * rest. Extend {@link io.github.atleastonce.contract.TransportContract}, name the factory, and run the class as a JUnit test.
 *
 * <p>{@link io.github.atleastonce.contract.IdempotentConsumerContract} is a suite for services: extend it to hold a consumer to one
 * effect for each message, under every fault that it must stand.
 */
@NullMarked
package io.github.atleastonce.contract;

import org.jspecify.annotations.NullMarked;
