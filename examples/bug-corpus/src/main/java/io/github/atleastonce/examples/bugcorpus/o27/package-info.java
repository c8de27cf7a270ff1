/**
 * Polls for ids above the last one: skips a late commit
 *
 * <p>Met in: watermill #311, kamu-cli #1398.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.o27;

import org.jspecify.annotations.NullMarked;
