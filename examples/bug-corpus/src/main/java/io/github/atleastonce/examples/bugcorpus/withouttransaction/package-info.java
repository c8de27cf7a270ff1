@KnownBug(id = "O26", title = "Has no transaction at all, and nobody says so", metIn = "no report; the default of JDBC")
@NullMarked
package io.github.atleastonce.examples.bugcorpus.withouttransaction;

import io.github.atleastonce.examples.bugcorpus.KnownBug;
import org.jspecify.annotations.NullMarked;
