/** Measures what the toolkit costs. */
@NullMarked
package io.github.atleastonce.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
