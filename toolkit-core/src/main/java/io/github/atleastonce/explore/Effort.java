package io.github.atleastonce.explore;

/**
 * Says how much was run when a failure was found.
 *
 * @param faults the number of faults of the failing schedule
 * @param smaller how many schedules with fewer faults were run, the fault-free one included; all of them held
 * @param runs how many schedules with that number of faults were run, the failing one included; 0 if only it was
 *     run, as by a replay
 * @param schedules how many there are with that number of faults; 0 if that is not known
 * @param exhausted up to how many faults every schedule was run and held; the failure is minimal if it is one less than
 *     {@code faults}
 * @param turns how many of the {@code faults} were turns that no bound counts; the schedules above are then counted by faults and
 *     turns together
 */
public record Effort(int faults, long smaller, long runs, long schedules, int exhausted, int turns) {}
