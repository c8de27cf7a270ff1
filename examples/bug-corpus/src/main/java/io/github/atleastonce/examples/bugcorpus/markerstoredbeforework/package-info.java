@KnownBug(id = "C3", title = "Stores the marker before the work has succeeded: lost", metIn = "dj-stripe #832")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.markerstoredbeforework;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
