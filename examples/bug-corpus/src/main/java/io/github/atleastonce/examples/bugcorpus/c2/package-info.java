/**
 * Catches the duplicate key within the transaction, which PostgreSQL has aborted by then
 *
 * <p>Met in: apache/camel PR 24710.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.c2;

import org.jspecify.annotations.NullMarked;
