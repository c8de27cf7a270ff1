@KnownBug(id = "O25", title = "Writes the outbox row in a transaction of its own", metIn = "quarkus #39848")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.outboxrowinowntransaction;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
