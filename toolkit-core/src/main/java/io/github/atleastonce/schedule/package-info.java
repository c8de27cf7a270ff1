/**
 * Decides which faults happen when: choice points, the schedule that answers them, and the explorer that goes through all
 * schedules, smallest first. Knows no I/O, thread, clock or test framework.
 */
@NullMarked
package io.github.atleastonce.schedule;

import org.jspecify.annotations.NullMarked;
