/** Takes orders. */
@NullMarked
package io.github.atleastonce.examples.architecture.planted.order;

import org.jspecify.annotations.NullMarked;
