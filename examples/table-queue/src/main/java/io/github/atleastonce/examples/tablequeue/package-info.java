/** A warehouse whose orders to pack lie in a table, from which several instances of it take them: a Polling Consumer. */
@NullMarked
package io.github.atleastonce.examples.tablequeue;

import org.jspecify.annotations.NullMarked;
