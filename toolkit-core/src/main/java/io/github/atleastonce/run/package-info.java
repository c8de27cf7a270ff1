/**
 * One run of a test body under one schedule, and the exploration that strings runs together.
 *
 * <p>A {@link io.github.atleastonce.run.Run} holds all that belongs to one execution: the schedule that decides, the
 * {@link io.github.atleastonce.history.History} of what happened, the clock that moves only when it is told to, and the services.
 * A service is a lambda that boots a {@link io.github.atleastonce.run.Life}; a crash ends that life, rewinds what it had not
 * confirmed, and calls the lambda again. A dead life touches nothing: its later steps are refused.
 *
 * <p>Settling is evidence: {@code settle()} asks each {@link io.github.atleastonce.run.Activity} for work until none has any
 * left, ticks the pollers, lets delayed messages go, and only then calls the run quiet. Everything happens on the thread of
 * the test.
 *
 * <p>An {@link io.github.atleastonce.explore.Exploration} says which run comes next and what its result means: the fault-free
 * run twice, then the schedules of the explorer, a suspect one again before it is reported, and the fault-free run once
 * more. {@link io.github.atleastonce.explore.Runner} drives it in a plain loop; the JUnit extension drives the same object.
 */
@NullMarked
package io.github.atleastonce.run;

import org.jspecify.annotations.NullMarked;
