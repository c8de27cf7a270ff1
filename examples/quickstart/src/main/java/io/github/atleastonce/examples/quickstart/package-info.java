/** A credit service that consumes orders: a faulty and a fixed twin. */
@NullMarked
package io.github.atleastonce.examples.quickstart;

import org.jspecify.annotations.NullMarked;
