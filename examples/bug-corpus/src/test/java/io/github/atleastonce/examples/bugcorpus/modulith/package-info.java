/**
 * Spring Modulith's event publication registry as it is released, in lives of a service: a Spring context for each. What is configured
 * is said in {@code ShopConfiguration}; nothing of the library is replaced.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.modulith;

import org.jspecify.annotations.NullMarked;
