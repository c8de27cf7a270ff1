@KnownBug(
        id = "C2",
        title = "Catches the duplicate key within the transaction, which PostgreSQL has aborted by then",
        metIn = "apache/camel PR 24710")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.duplicatekeycaughtintransaction;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
