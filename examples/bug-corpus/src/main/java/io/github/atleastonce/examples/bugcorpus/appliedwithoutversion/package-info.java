@KnownBug(
        id = "C13",
        title = "Applies without a look at the version: a newer state is overwritten",
        metIn = "laravel cashier-stripe #1201")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.appliedwithoutversion;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
