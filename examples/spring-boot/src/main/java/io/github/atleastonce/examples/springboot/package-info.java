/** A loyalty service in Spring Boot: it books points for each order that it hears of. */
@NullMarked
package io.github.atleastonce.examples.springboot;

import org.jspecify.annotations.NullMarked;
