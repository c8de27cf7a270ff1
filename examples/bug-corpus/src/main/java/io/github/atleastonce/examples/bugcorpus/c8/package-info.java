/**
 * Evicts the marker by its age: a late duplicate is doubled
 *
 * <p>Met in: rabbitmq-message-deduplication #80.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.c8;

import org.jspecify.annotations.NullMarked;
