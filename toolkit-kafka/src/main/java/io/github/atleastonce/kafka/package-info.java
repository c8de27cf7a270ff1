/** Makes Kafka a transport of the toolkit. */
@NullMarked
package io.github.atleastonce.kafka;

import org.jspecify.annotations.NullMarked;
