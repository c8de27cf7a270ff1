/**
 * Queues: what a server of queues needs to be a transport.
 *
 * <p>A queue is the Point-to-Point Channel of the pattern language: each message goes to one of the competing consumers, and lies there until
 * that has acknowledged it. To run fault tests on one, implement {@link io.github.atleastonce.queue.QueueServer}, which puts a message, takes
 * the next one, and acknowledges it or gives it back, and hand it to {@link io.github.atleastonce.queue.Queues}. All the rest is here: what the test
 * sends is put in the order that the schedule decides, services of the scenario are handed one message at a time, a death or a lost
 * acknowledgement gives it back, and a run is at rest when nothing lies in a queue that somebody reads.
 *
 * <p>An application that a framework has started brings consumers on threads of its own. Whoever sees what they receive, such as a proxy of the client, lets
 * each take part by an {@link io.github.atleastonce.queue.QueueListener}: the thread waits with its message until the run's own thread lets it go on.
 * A poller of the application's own, such as a {@code SELECT … FOR UPDATE SKIP LOCKED}, needs nothing: it is ticked when all else is quiet.
 */
@NullMarked
package io.github.atleastonce.queue;

import org.jspecify.annotations.NullMarked;
