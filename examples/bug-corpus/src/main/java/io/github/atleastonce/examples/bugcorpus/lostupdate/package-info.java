@KnownBug(
        id = "C12",
        title = "Reads, computes and writes, while another does the same: lost update",
        metIn = "wolverine #3414, Rebus #1129")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.lostupdate;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
