/** Starts services in Java as processes of their own, quickly. */
@NullMarked
package io.github.atleastonce.examples.jvm;

import org.jspecify.annotations.NullMarked;
