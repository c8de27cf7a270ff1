/**
 * Cooperative threads: several tasks of which one runs at a time. Knows the JDK only.
 *
 * <p>The running task goes on until it switches to another, ends, or is blocked by what another one holds: a lock of this JVM, or
 * whatever a {@link io.github.atleastonce.task.Contention} stands for. All others are suspended. Which task runs is decided by
 * whoever uses {@link io.github.atleastonce.task.Tasks}, never by chance.
 */
@NullMarked
package io.github.atleastonce.task;

import org.jspecify.annotations.NullMarked;
