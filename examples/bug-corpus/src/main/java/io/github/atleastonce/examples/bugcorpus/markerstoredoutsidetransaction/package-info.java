@KnownBug(
        id = "C4",
        title = "Stores the marker outside of the transaction of the work: doubled",
        metIn = "AxonFramework #434")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.markerstoredoutsidetransaction;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
