/**
 * Third parties over HTTP, which answer late, twice or never.
 *
 * <p>A {@link io.github.atleastonce.http.ThirdParty} adopts a running WireMock, whose stubs stay as they are, or starts one. Each call of a service at work is
 * a step, at which the process may die, and a place for two faults: RESPONSE_LOST and RESPONSE_ERROR, both with the effect and without it,
 * since a client can never tell; and for RESPONSE_SLOW, where a test names it. What a call has done is an effect; one that repeats an idempotency key has none, and gets the answer that
 * was kept. So a count of requests says nothing, and a count of effects everything: clients repeat requests by themselves.
 *
 * <p>WireMock and AssertJ are optional dependencies that this room needs. Take {@code wiremock-standalone}: the plain one brings a Jetty of
 * its own, which is another one than that of Spring Boot 4.
 */
@NullMarked
package io.github.atleastonce.http;

import org.jspecify.annotations.NullMarked;
