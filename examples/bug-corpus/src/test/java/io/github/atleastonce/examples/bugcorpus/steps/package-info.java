/** Bugs of sagas and of those who take part in them, each in a file with its twin. */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.steps;

import org.jspecify.annotations.NullMarked;
