@KnownBug(
        id = "C15",
        title = "Dispatches its outputs again, under a new id, for a duplicate",
        metIn = "NServiceBus #3070")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.newidforeachdelivery;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
