/**
 * Services that run as whole processes, in any language, and really die.
 *
 * <p>A process is a service like any other: its boot starts a {@link io.github.atleastonce.process.ServiceProcess}, and a CRASH ends it by SIGKILL.
 * What it does is seen where its bytes pass, at the entrances of its life: {@link io.github.atleastonce.process.PostgreSqlEntrance} for
 * a database, and that of {@code toolkit-kafka} for a broker. Each life has entrances of its own, so that what a dead one has sent can be told from
 * what the next one sends, and be cut off.
 *
 * <p>The steps of a process have the names that they have in the JVM of the test. They happen on threads of the entrances, which ask the run's own
 * thread through an {@link io.github.atleastonce.process.Attendant}, usually the transport, whether the process dies at them.
 */
@NullMarked
package io.github.atleastonce.process;

import org.jspecify.annotations.NullMarked;
