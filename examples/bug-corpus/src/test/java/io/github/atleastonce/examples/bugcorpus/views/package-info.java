/** Bugs of projections and caches, each in a file with its twin. */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.views;

import org.jspecify.annotations.NullMarked;
