@KnownBug(
        id = "W3",
        title = "Passes over a change of what it does not know yet",
        metIn = "no public report; the rule is that of Stripe: events come in any order")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.updatedbeforecreated;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
