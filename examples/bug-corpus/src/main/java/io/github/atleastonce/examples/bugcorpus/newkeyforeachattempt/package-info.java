@KnownBug(id = "C17", title = "Makes a new idempotency key for each attempt: charged twice", metIn = "medusa #16681")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.newkeyforeachattempt;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
