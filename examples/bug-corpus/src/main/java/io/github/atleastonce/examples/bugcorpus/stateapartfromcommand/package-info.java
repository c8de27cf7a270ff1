@KnownBug(
        id = "S3",
        title = "Commits its state, then sends the command: stuck for ever",
        metIn = "no public report; the rule is that of microservices.io, Transactional outbox")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.stateapartfromcommand;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
