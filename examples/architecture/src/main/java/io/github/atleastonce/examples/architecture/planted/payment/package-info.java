/** Takes money. */
@NullMarked
package io.github.atleastonce.examples.architecture.planted.payment;

import org.jspecify.annotations.NullMarked;
