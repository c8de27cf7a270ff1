/**
 * Sends after the commit: a lost event
 *
 * <p>Met in: kbastani/event-sourcing-microservices-example #28; spring-kafka #2001.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.o23;

import org.jspecify.annotations.NullMarked;
