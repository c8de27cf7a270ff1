/**
 * Ways to pass without testing: what a test can look like that shows nothing, or less than it seems, and what its author is told. Test
 * sources of the published modules, never published.
 */
@NullMarked
package io.github.atleastonce.vacuous;

import org.jspecify.annotations.NullMarked;
