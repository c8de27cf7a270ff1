@KnownBug(
        id = "S1",
        title = "Handles a reply again: the next step is commanded twice",
        metIn = "no public report; the rule is that of microservices.io, Idempotent consumer")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.replyhandledtwice;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
