@KnownBug(id = "W2", title = "Credits again what the sender delivers again", metIn = "wasp-lang/open-saas #688")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.creditedforeachdelivery;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
