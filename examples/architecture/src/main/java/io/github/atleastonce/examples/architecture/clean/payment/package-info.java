/** Takes money. */
@NullMarked
package io.github.atleastonce.examples.architecture.clean.payment;

import org.jspecify.annotations.NullMarked;
