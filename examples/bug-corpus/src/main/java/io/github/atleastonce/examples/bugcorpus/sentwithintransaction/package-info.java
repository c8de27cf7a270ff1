@KnownBug(
        id = "O22",
        title = "Sends within the transaction: a phantom event",
        metIn = "apache incubator-kie-issues #2270")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.sentwithintransaction;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
