/** The service with planted violations. */
@NullMarked
package io.github.atleastonce.examples.architecture.planted;

import org.jspecify.annotations.NullMarked;
