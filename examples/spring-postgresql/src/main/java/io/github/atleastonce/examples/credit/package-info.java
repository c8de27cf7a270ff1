/** A credit service in Spring Boot: it reserves credit for the orders that it hears of, and takes orders of its own. */
@NullMarked
package io.github.atleastonce.examples.credit;

import org.jspecify.annotations.NullMarked;
