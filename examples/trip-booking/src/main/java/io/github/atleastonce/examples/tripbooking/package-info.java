/**
 * An orchestrated saga without a framework: a manager keeps the state of each trip in a row, books hotel, flight and train at third parties over HTTP,
 * one after the other, and cancels what is no use without the rest. A booking without an answer may have been made.
 */
@NullMarked
package io.github.atleastonce.examples.tripbooking;

import org.jspecify.annotations.NullMarked;
