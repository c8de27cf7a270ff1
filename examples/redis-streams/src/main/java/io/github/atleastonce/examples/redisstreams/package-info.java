/** The credit of customers, reserved by a worker that reads a stream of Redis as a member of a consumer group. */
@NullMarked
package io.github.atleastonce.examples.redisstreams;

import org.jspecify.annotations.NullMarked;
