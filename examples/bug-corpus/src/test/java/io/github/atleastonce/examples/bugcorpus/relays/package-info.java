/** Bugs of outboxes, relays and dead letters, each in a file with its twin. */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.relays;

import org.jspecify.annotations.NullMarked;
