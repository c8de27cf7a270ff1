package io.github.atleastonce.explore;

import org.apiguardian.api.API;

/**
 * How far an exploration has come.
 *
 * @param faults the number of faults of the schedules that are being run
 * @param runs how many schedules with that number of faults were run
 * @param schedules how many there are, as far as the runs so far can tell
 * @param waiting how many are known that are still to be run, those with one fault more included
 * @param all how many schedules were run in all
 */
@API(status = API.Status.INTERNAL)
public record Progress(int faults, long runs, long schedules, long waiting, long all) {}
