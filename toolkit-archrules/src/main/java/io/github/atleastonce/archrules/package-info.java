/** Checks the architecture of event-driven services: who publishes, who consumes, who knows whom. */
@NullMarked
package io.github.atleastonce.archrules;

import org.jspecify.annotations.NullMarked;
