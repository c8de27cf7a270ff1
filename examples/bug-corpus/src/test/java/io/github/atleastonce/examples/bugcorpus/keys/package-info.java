/** Bugs of idempotency keys, webhooks and third parties, each in a file with its twin. */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.keys;

import org.jspecify.annotations.NullMarked;
