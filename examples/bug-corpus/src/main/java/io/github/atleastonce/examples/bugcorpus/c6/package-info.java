/**
 * Claims without a lease: stuck for ever
 *
 * <p>Met in: apache/camel PR 5278.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.c6;

import org.jspecify.annotations.NullMarked;
