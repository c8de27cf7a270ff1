/**
 * Receivers of webhooks as they are written: Stripe's by a controller of Spring MVC, those of Standard Webhooks and of GitHub by the server of the JDK. Each
 * believes only what is signed, takes an event once, however often it is delivered, and in whatever order. The other way round Stripe is asked for refunds.
 */
@NullMarked
package io.github.atleastonce.examples.webhooks;

import org.jspecify.annotations.NullMarked;
