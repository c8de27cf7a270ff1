@KnownBug(
        id = "O30",
        title = "Two relays share rows by locks that no transaction holds: the order is lost",
        metIn = "hand-written relays")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.lockedwithouttransaction;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
