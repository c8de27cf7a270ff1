package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Fault;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How composed annotations pass their attributes on. */
class DeclarationTests {

    @Retention(RetentionPolicy.RUNTIME)
    @AtLeastOnceTest(maxFaults = 1, timeout = "1m")
    @interface Quick {

        Fault[] faults() default {};

        int maxRuns() default -1;
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Quick
    @interface Odd {

        /** Has the name of an attribute, but not its type. */
        String maxFaults() default "seven";
    }

    @Retention(RetentionPolicy.RUNTIME)
    @FaultTest(bounds = {"maxAttempts=7", "rewind=3"})
    @interface Named {

        String[] bounds() default {};
    }

    static class FixturesTestCase {

        @FaultTest
        void plain() {}

        @AtLeastOnceTest(maxFaults = 3)
        void atLeastOnce() {}

        @Quick(maxRuns = 10)
        void quick() {}

        @Quick(faults = Fault.DROP)
        void dropping() {}

        @Odd
        void odd() {}

        @FaultTest(bounds = {"settleTimeout=30s", "maxAttempts = 5"})
        void patient() {}

        @Named(bounds = "rewind=4")
        void named() {}

        @FaultTest(maxFaults = 1, bounds = "maxFaults=2")
        void twice() {}

        @FaultTest(bounds = "maxDelivery=2")
        void misspelt() {}

        @FaultTest(bounds = "maxDeliveries")
        void half() {}

        @FaultTest(
                faults = {Fault.CRASH, Fault.DELAY},
                optional = Fault.DELAY)
        void meant() {}
    }

    @Test
    void takesTheDefaults() {
        assertThat(declared("plain"))
                .isEqualTo(new Declaration(
                        "@FaultTest on FixturesTestCase.plain",
                        EnumSet.complementOf(EnumSet.of(
                                Fault.DROP,
                                Fault.COMMIT_FAILED,
                                Fault.BROKER_UNAVAILABLE,
                                Fault.RESPONSE_SLOW,
                                Fault.FORGED,
                                Fault.STALE,
                                Fault.OLD_SCHEMA)),
                        EnumSet.noneOf(Fault.class),
                        Map.of(),
                        "",
                        "",
                        false));
    }

    @Test
    void passesAttributesOn() {
        Declaration declared = declared("atLeastOnce");

        assertThat(declared.where()).isEqualTo("@AtLeastOnceTest on FixturesTestCase.atLeastOnce");
        assertThat(declared.faults()).containsExactly(Fault.DUPLICATE, Fault.REDELIVERY, Fault.CRASH);
        assertThat(said(declared, Bound.MAX_FAULTS)).isEqualTo("3");
    }

    @Test
    void passesAttributesOnThroughSeveralAnnotations() {
        Declaration declared = declared("quick");

        assertThat(declared.faults()).containsExactly(Fault.DUPLICATE, Fault.REDELIVERY, Fault.CRASH);
        assertThat(said(declared, Bound.MAX_FAULTS)).isEqualTo("1");
        assertThat(said(declared, Bound.MAX_RUNS)).isEqualTo("10");
        assertThat(said(declared, Bound.TIMEOUT)).isEqualTo("1m");
    }

    @Test
    void letsTheAnnotationNearestToTheMethodWin() {
        assertThat(declared("dropping").faults()).containsExactly(Fault.DROP);
    }

    /** What a composed annotation names is a menu; what stands at the method is meant. */
    @Test
    void requiresWhatTheMethodItselfNames() {
        assertThat(declared("plain").required()).isEmpty();
        assertThat(declared("atLeastOnce").required()).isEmpty();
        assertThat(declared("dropping").required()).containsExactly(Fault.DROP);
        assertThat(declared("meant").required()).containsExactly(Fault.CRASH);
    }

    @Test
    void ignoresAnAttributeOfAnotherType() {
        assertThat(said(declared("odd"), Bound.MAX_FAULTS)).isEqualTo("1");
    }

    @Test
    void takesAnyBoundByItsName() {
        assertThat(said(declared("patient"), Bound.SETTLE_TIMEOUT)).isEqualTo("30s");
        assertThat(said(declared("patient"), Bound.MAX_ATTEMPTS)).isEqualTo("5");
        assertThat(said(declared("named"), Bound.MAX_ATTEMPTS)).isEqualTo("7");
        assertThat(said(declared("named"), Bound.REWIND)).isEqualTo("4");
    }

    @Test
    void refusesBoundsThatAreNone() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> declared("twice"))
                .withMessage("@FaultTest on FixturesTestCase.twice says maxFaults twice: once is enough.");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> declared("misspelt"))
                .withMessageStartingWith(
                        "@FaultTest on FixturesTestCase.misspelt: there is no bound 'maxDelivery'; there are maxFaults, ");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> declared("half"))
                .withMessage("@FaultTest on FixturesTestCase.half: bounds wants a name and a value, such as "
                        + "\"settleTimeout=30s\", but has 'maxDeliveries'.");
    }

    private static String said(Declaration declared, Bound bound) {
        return declared.bounds().get(bound).value();
    }

    private static Declaration declared(String method) {
        try {
            return Declaration.of(FixturesTestCase.class.getDeclaredMethod(method));
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }
}
