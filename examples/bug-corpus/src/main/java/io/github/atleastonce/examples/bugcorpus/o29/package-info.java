/**
 * Marks the row as sent before the broker has acknowledged: lost
 *
 * <p>Met in: abp #24340, gruelbox #981.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.o29;

import org.jspecify.annotations.NullMarked;
