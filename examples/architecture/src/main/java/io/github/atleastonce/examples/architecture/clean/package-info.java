/** The same service, mended. */
@NullMarked
package io.github.atleastonce.examples.architecture.clean;

import org.jspecify.annotations.NullMarked;
