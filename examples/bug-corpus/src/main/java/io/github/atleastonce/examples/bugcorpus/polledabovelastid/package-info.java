@KnownBug(
        id = "O27",
        title = "Polls for ids above the last one: skips a late commit",
        metIn = "watermill #311, kamu-cli #1398")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.polledabovelastid;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
