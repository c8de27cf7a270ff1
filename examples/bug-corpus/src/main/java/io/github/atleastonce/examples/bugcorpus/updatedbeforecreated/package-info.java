@KnownBug(id = "W3", title = "Passes over a change of what it does not know yet", metIn = "stripe/stripe-cli #418")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.updatedbeforecreated;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
