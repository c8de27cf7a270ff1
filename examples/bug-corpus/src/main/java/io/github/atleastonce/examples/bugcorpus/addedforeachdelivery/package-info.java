@KnownBug(id = "C11", title = "Counts by adding one: counted twice", metIn = "protean #1042")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.addedforeachdelivery;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
