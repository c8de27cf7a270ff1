/**
 * The kernel: decides which faults happen in a run, and in what order runs are tried.
 *
 * <p>A {@link io.github.atleastonce.schedule.Schedule} is an oracle. Wherever a run could go wrong it builds a
 * {@link io.github.atleastonce.schedule.ChoicePoint} and asks; option 0 is "no fault". The
 * {@link io.github.atleastonce.schedule.Explorer} runs the fault-free schedule first, then each schedule with one fault,
 * then with two, so the first failure it meets has as few faults as possible. A
 * {@link io.github.atleastonce.schedule.ScheduleToken} is the text that replays one of them: the deviations from the
 * fault-free run, named by their causes.
 *
 * <p>This room knows no I/O, thread, clock, random number or test framework, and depends on nothing but the JDK.
 */
@NullMarked
package io.github.atleastonce.schedule;

import org.jspecify.annotations.NullMarked;
