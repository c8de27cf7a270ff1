/**
 * The front door of a test body. A {@link io.github.atleastonce.scenario.Scenario} is written against once, as for the happy
 * path, and runs under every schedule.
 *
 * <p>Sends only append; nothing is delivered before {@code settle()}. What is asserted after a {@code settle()} has to hold
 * whichever faults the schedule has chosen.
 */
@NullMarked
package io.github.atleastonce.scenario;

import org.jspecify.annotations.NullMarked;
