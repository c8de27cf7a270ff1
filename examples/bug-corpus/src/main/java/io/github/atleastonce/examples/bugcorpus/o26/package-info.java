/**
 * Has no transaction at all, and nobody says so
 *
 * <p>Met in: no report; the default of JDBC.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.o26;

import org.jspecify.annotations.NullMarked;
