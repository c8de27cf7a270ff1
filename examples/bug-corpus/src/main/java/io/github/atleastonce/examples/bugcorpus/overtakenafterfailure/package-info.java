@KnownBug(
        id = "O32",
        title = "Goes on after a row that failed: a later one of its key overtakes it",
        metIn = "dotnetcore/CAP #1078")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.overtakenafterfailure;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
