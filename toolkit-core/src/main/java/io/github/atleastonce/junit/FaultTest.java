package io.github.atleastonce.junit;

import io.github.atleastonce.schedule.Fault;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Runs a test method under every schedule of some faults, smallest first, and stops at the first failure.
 *
 * <pre>{@code
 * @FaultTest(faults = {DUPLICATE, CRASH}, maxFaults = 1)
 * void reservesCreditOnce(Scenario scenario) {
 *     …
 *     scenario.settle();
 *     assertThat(customers.credit("c-1")).isEqualTo(70);
 * }
 * }</pre>
 *
 * <p>It takes the place of {@code @Test}. The method, a {@code @BeforeEach} method or the constructor of its class takes a
 * {@link io.github.atleastonce.scenario.Scenario}; parameters of other extensions may stand beside it. The test class has JUnit's
 * default lifecycle, one instance for each invocation. What is used wrongly is refused in a sentence; only a private or static
 * method never gets here, since JUnit passes it over (with a warning from 5.13 on).
 *
 * <p>A failure is an {@code AssertionFailedError} with the story of the failing schedule as its message and what the body threw as
 * its cause. The story is published as a report entry too, and as the file {@code story.txt} where the launcher takes files.
 *
 * <p>It may be composed: an annotation that carries this one may declare attributes of the same names and types, and what is
 * said there wins over what is said here. {@link AtLeastOnceTest} is made that way.
 */
// JUnit pulls the invocations of a template out of a stream, and the next schedule depends on the outcome of the one
// before.
// In concurrent mode it would pull before that outcome is known, so the mode is fixed, whatever the configured default
// is.
@API(status = API.Status.EXPERIMENTAL)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(FaultTestExtension.class)
public @interface FaultTest {

    /** What a number says that is left to the configuration. */
    int AS_CONFIGURED = -1;

    /**
     * Names the faults that may happen. The default is every fault that a correct service must survive on the transport and with the
     * database that the test uses: all but DROP, which no broker does that keeps its promises, COMMIT_FAILED and
     * BROKER_UNAVAILABLE, which only clients of a broker meet, FORGED and STALE, which only attackers do, RESPONSE_SLOW, which takes the real time-out
     * of a client, and OLD_SCHEMA, which wants an archive of versions. RESPONSE_LOST and RESPONSE_ERROR are among them where WireMock is on the class path. POISON is among them in memory, on channels that have a dead letter channel; on
     * a broker only who names it gets it. REBALANCE and PAUSE are among them in memory, where a service has several nodes. First each schedule with one of them is run, and then those with two for as long as the
     * {@link #budget()} lasts, which is ten seconds if neither it nor {@link #maxFaults()} says anything.
     *
     * <p>Each one that is named here must have a place to happen, or the test fails: where
     * nothing is sent, SEND_FAILED shows nothing. What a composed annotation names, and the default, is left out where it has no
     * place or cannot happen on the transport, and the claim says so.
     *
     * @return the faults
     */
    Fault[] faults() default {
        Fault.DUPLICATE,
        Fault.REDELIVERY,
        Fault.REORDER,
        Fault.DELAY,
        Fault.CONCURRENT,
        Fault.CRASH,
        Fault.CONNECTION_LOST,
        Fault.SEND_FAILED,
        Fault.SEND_UNCERTAIN,
        Fault.POISON,
        Fault.REBALANCE,
        Fault.PAUSE,
        Fault.RESPONSE_LOST,
        Fault.RESPONSE_ERROR
    };

    /**
     * Names those of the {@link #faults()} that may have no place to happen; the claim then says so, and the test passes.
     *
     * @return faults that are among the faults
     */
    Fault[] optional() default {};

    /**
     * Bounds the number of faults in a schedule.
     *
     * @return at least 0, or {@link #AS_CONFIGURED}: as the configuration says, else as suits the transport
     */
    int maxFaults() default AS_CONFIGURED;

    /**
     * Interleaves what CONCURRENT lets happen at once in every way. {@code maxFaults} bounds then how much begins beside something
     * else, and not how often the turn is handed on: with {@code maxFaults = 1} two things at once, step by step, in every order
     * of their steps, which for two handlers of four steps each is 126 schedules. For each step more it is about four times as many.
     *
     * @return whether every interleaving is run; false leaves it to the configuration, and then each handing on of the turn is a fault that
     *     {@code maxFaults} bounds
     */
    boolean everyInterleaving() default false;

    /**
     * Bounds the number of schedules. A bound that is reached is no pass, since not all that was asked for was run.
     *
     * @return at least 1, or {@link #AS_CONFIGURED}: as the configuration says, else as suits the transport
     */
    int maxRuns() default AS_CONFIGURED;

    /**
     * Gives the time, since the test began, until which more is run than every schedule with one fault, which is run in any case. The test then passes with what was
     * exhausted by the end of it, and the claim says how far that is.
     *
     * <p>A profile of the build, such as {@code atleastonce.profile=nightly}, has a budget of its own, which wins over this one.
     *
     * @return a duration such as {@code 30s}; empty leaves it to the configuration {@code atleastonce.budget}, and if that is silent
     *     everything is run
     */
    String budget() default "";

    /**
     * Bounds the time that all schedules together may take. A bound that is reached is no pass.
     *
     * @return a duration such as {@code 30s}, {@code 5m} or {@code PT5M}; empty leaves it to the configuration, then to the
     *     transport
     */
    String timeout() default "";

    /**
     * Says why the test may pass even when nothing is delivered, for example because it only forbids something. Any other test has to notice: in one
     * run, all that is sent is lost, no poller is ticked and no timer fires, and if the test passes then as well, a service
     * that does nothing passes it, too. There is no such run where the body uses {@code scenario.attempt}, after which only relations may be
     * asserted.
     *
     * @return the reason, which the claim says; empty if the test has to notice
     */
    String mayPassUndelivered() default "";

    /**
     * Derives schedules from others, for the same claim with fewer runs. Where a run comes to a state in which another one has been, what may go wrong from there
     * on was tried already: its schedules are counted, and not run, but for one in twenty, which must end as was derived. If one does not, everything is run.
     * A state is what is committed in databases (H2, PostgreSQL), what the transport in memory may still deliver, and all that the objects of the services and
     * claims of the test lead to. What is in no state, such as a static field, is not seen; what the toolkit knows that it cannot see, such as a broker, a Spring
     * context, a third party or a look at {@code scenario.history()}, keeps it from deriving anything. The claim says what was run, derived, and checked, or why
     * nothing was derived.
     *
     * @return whether schedules are derived
     */
    boolean derive() default false;

    /**
     * Sets any other bound, by the name that it has in {@link io.github.atleastonce.schedule.Bound} and in messages.
     *
     * <pre>{@code
     * @FaultTest(faults = CRASH, bounds = {"maxAttempts=5", "settleTimeout=30s"})
     * }</pre>
     *
     * @return names with their values; what is not named is left to the configuration, then to the transport
     */
    String[] bounds() default {};
}
