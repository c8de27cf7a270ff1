@KnownBug(
        id = "C8",
        title = "Evicts the marker by its age: a late duplicate is doubled",
        metIn = "rabbitmq-message-deduplication #80")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.markerevictedbyage;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
