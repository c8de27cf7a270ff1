/**
 * An orchestrated saga on Temporal: a workflow reserves credit, charges a card at a third party over HTTP and packs a parcel, and takes back what is no use
 * without the rest. Temporal tries each activity again until it is answered, so an activity may happen more than once.
 */
@NullMarked
package io.github.atleastonce.examples.temporal;

import org.jspecify.annotations.NullMarked;
