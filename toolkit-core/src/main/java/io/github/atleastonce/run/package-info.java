/**
 * One run of a test body under one schedule.
 *
 * <p>A {@link io.github.atleastonce.run.Run} puts the parts of one execution together: the schedule that decides, the
 * {@link io.github.atleastonce.history.History} of what happened, the clock that moves only when it is told to, and the services.
 * A service is a lambda that boots a {@link io.github.atleastonce.run.Life}; a crash ends that life, rewinds what it had not
 * confirmed, and calls the lambda again. A dead life touches nothing: its later steps are refused.
 *
 * <p>Whatever a life does, be it a handler, an attempt, a timer, the tick of a poller or a boot, goes through
 * {@link io.github.atleastonce.run.Works}, and each I/O step of it through {@link io.github.atleastonce.run.Steps}. Whatever goes wrong
 * was asked for at {@link io.github.atleastonce.run.Faults}. These parts know each other one-way, and not the run.
 *
 * <p>Settling is evidence: {@code settle()} asks each {@link io.github.atleastonce.run.Activity} for work until none has any
 * left, ticks the pollers, lets delayed messages go, and only then calls the run quiet. Everything happens on the thread of
 * the test, or on one task at a time where several things happen at once.
 */
@NullMarked
package io.github.atleastonce.run;

import org.jspecify.annotations.NullMarked;
