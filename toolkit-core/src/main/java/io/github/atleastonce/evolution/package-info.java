/**
 * The evolution of events: what was written yesterday is read today, and the other way round.
 *
 * <p>An {@link io.github.atleastonce.evolution.EventArchive} is a folder with an example of each version of an event, kept with the tests. What today's producer
 * writes is compared with the newest one, so that no change of an event goes unnoticed; a change becomes a version, and versions are added and never changed, since
 * events of them lie on topics. An {@link io.github.atleastonce.evolution.AvroArchive} is the same for events in Avro, which is an optional dependency that only it
 * needs.
 *
 * <p>Two questions are asked of it. Does today's consumer read every version, with a field more than it knows, too? Does yesterday's consumer read the newest one? The
 * answers say which side may be deployed first.
 *
 * <p>Reading is not all: an old event has to be handled, too. Under OLD_SCHEMA, which a test has to name, messages of a scenario are written by releases before
 * today's, one at a time, between those of today.
 */
@NullMarked
package io.github.atleastonce.evolution;

import org.jspecify.annotations.NullMarked;
