/** Takes orders. */
@NullMarked
package io.github.atleastonce.examples.architecture.clean.order;

import org.jspecify.annotations.NullMarked;
