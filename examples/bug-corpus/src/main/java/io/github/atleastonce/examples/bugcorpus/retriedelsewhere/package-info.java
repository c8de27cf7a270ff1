/** A retry topic lets the next message of a key pass by. */
@KnownBug(
        id = "C18",
        title = "Retries on a channel of its own: a newer state is overwritten",
        metIn = "spring-kafka, non-blocking retries")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.retriedelsewhere;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
