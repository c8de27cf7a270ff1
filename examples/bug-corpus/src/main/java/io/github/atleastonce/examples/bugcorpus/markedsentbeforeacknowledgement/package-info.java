@KnownBug(
        id = "O29",
        title = "Marks the row as sent before the broker has acknowledged: lost",
        metIn = "abp #24340, gruelbox #981")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.markedsentbeforeacknowledgement;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
