@KnownBug(
        id = "S2",
        title = "Forgets to undo a step: half a trip stays booked",
        metIn = "no public report; the rule is that of Garcia-Molina and Salem, Sagas, 1987")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.compensationmissing;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
