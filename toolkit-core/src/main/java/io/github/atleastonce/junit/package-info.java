/**
 * The annotations that turn a test into a fault test.
 *
 * <p>A method that is annotated with {@link io.github.atleastonce.junit.FaultTest} and takes a
 * {@link io.github.atleastonce.scenario.Scenario} is run again and again: first without any fault, then under every schedule
 * of its faults, smallest first. Each schedule is an invocation of its own in the tree of tests, so {@code @BeforeEach},
 * {@code @AfterEach} and extensions see a fresh test each time, and the tree reads as the list of what was tried. The
 * exploration stops at the first failure; a suspect schedule runs once more before it is reported, and only that run shows the
 * failure. The last invocation is named by what was shown: <em>holds under every schedule with ≤ 2 faults (260 runs)</em>.
 *
 * <p>At the end of its class each fault test prints its claim in one line, and at the end of all a summary; the page {@code index.html} shows all of them, and the file {@code report.json}
 * in the directory below says the same to machines. No setting is needed for that.
 *
 * <p>What can be configured, from what wins to what yields: a system property, the annotation, a JUnit configuration
 * parameter, the transport's default.
 *
 * <ul>
 *   <li>{@code atleastonce.replay}: the token of the only schedule to run. It is for every fault test of the run, so select
 *       the one that it belongs to; where a test does not meet what the token says, it fails and says so.
 *   <li>{@code atleastonce.maxFaults} and so on: one for each {@link io.github.atleastonce.schedule.Bound}, by its name. A number, a
 *       duration such as {@code 30s}, {@code 5m} or {@code PT5M}, or {@code true}.
 *   <li>{@code atleastonce.budget}: a duration since a test began: until then, more is run than every schedule with one fault, which is run in any case.
 *   <li>{@code atleastonce.profile}: {@code pull-request}, to run every schedule with one fault, and more until ten seconds have gone by since the test began; or {@code nightly}, until ten
 *       minutes have, and to one fault more than suits the transport. Any bound that ends a test then is a budget: it passes with what was exhausted, and says so.
 *   <li>{@code atleastonce.shard}: such as {@code 2/8}, to run the second of eight parts of the schedules of each test. All parts are put together by
 *       {@code java -jar toolkit-core.jar merge DIRECTORY...}.
 *   <li>{@code atleastonce.progress}: {@code on} (the default) or {@code off}. A long exploration says how far it has come, each second
 *       on a terminal, else each minute.
 *   <li>{@code atleastonce.inconclusive}: {@code fail} (the default) or {@code abort}. An exploration that shows nothing, or not
 *       what was asked for, fails with the reason; with {@code abort} it is aborted, which most builds pass over in silence.
 *   <li>{@code atleastonce.directory}: where failing schedules are kept, to be tried first the next time. The default is
 *       {@code atleastonce} in the build directory that the test class was compiled to.
 *   <li>{@code atleastonce.journey.accept}: {@code true} lets the journeys that tests compare be drawn anew; a system property only.
 * </ul>
 *
 * <p>The transport is in memory, unless a {@link io.github.atleastonce.junit.TransportProvider} knows better.
 */
@NullMarked
package io.github.atleastonce.junit;

import org.jspecify.annotations.NullMarked;
