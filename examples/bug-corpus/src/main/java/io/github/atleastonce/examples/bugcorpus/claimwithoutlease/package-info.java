@KnownBug(id = "C6", title = "Claims without a lease: stuck for ever", metIn = "apache/camel PR 5278")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.claimwithoutlease;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
