@KnownBug(
        id = "O35",
        title = "Recognises its row by the event: equal events complete each other",
        metIn = "spring-modulith #25")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.rowrecognisedbyevent;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
