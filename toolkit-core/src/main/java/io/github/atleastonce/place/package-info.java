/**
 * The places at which a run may have a fault in what a service does. Each is named by its cause and its step, holds on to nothing of the
 * run, and so can be kept by an exploration when that is over.
 */
@NullMarked
package io.github.atleastonce.place;

import org.jspecify.annotations.NullMarked;
