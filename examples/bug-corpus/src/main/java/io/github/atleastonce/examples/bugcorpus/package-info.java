/**
 * Bugs that event-driven services really have. Each has a package, named by it, with the smallest sample that has it and a twin that has not;
 * the {@link KnownBug} of the package says the rest. {@code BugCorpusTests} lets the toolkit find the first and pass the second, on a real PostgreSQL.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus;

import org.jspecify.annotations.NullMarked;
