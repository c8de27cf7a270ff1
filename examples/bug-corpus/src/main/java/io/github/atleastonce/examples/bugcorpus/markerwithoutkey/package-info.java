@KnownBug(
        id = "C1",
        title = "Looks for the marker, then inserts it, and no key stops the second",
        metIn = "apache/camel PR 2943")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.markerwithoutkey;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
