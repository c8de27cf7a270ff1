/** A small service with planted violations of the architecture rules, and its clean twin. */
@NullMarked
package io.github.atleastonce.examples.architecture;

import org.jspecify.annotations.NullMarked;
