/** The stock of a shop, from which a worker takes what was ordered, in the order in which it comes from a FIFO queue of SQS. */
@NullMarked
package io.github.atleastonce.examples.sqs;

import org.jspecify.annotations.NullMarked;
