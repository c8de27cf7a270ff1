/** The credit of customers, reserved by a listener of JMS. */
@NullMarked
package io.github.atleastonce.examples.jms;

import org.jspecify.annotations.NullMarked;
