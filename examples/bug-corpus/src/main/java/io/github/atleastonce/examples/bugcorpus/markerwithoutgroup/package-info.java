/** Two groups share one table of what is processed. */
@KnownBug(
        id = "C10",
        title = "Remembers messages without the group that has processed them: the second group skips them",
        metIn = "Truxify PR 11662")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.markerwithoutgroup;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
