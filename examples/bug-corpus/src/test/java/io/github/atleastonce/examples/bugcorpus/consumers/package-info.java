/** Bugs of consumers, each in a file with its twin. */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.consumers;

import org.jspecify.annotations.NullMarked;
