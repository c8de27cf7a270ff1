/**
 * A real PostgreSQL for tests: its own programs, unpacked from jars that Maven fetches, so that neither a container nor an installation is
 * needed. H2 in its PostgreSQL mode is no replacement where faults are tested: it goes on after an error in a transaction, and its locks differ.
 */
@NullMarked
package io.github.atleastonce.examples.postgresql;

import org.jspecify.annotations.NullMarked;
