package io.github.atleastonce.explore;

import java.time.Duration;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How far an exploration is to come: what was exhausted by then is a pass.
 *
 * @param time how long it may take in all; every schedule with one fault is run in any case
 * @param profile the profile that gave it, with which any other bound is such a budget, too; null if there is none
 */
@API(status = API.Status.INTERNAL)
public record Budget(Duration time, @Nullable String profile) {}
