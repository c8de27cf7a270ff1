package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.schedule.Fault;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.EnumSet;
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

        @FaultTest(
                faults = {Fault.CRASH, Fault.DELAY},
                optional = Fault.DELAY)
        void named() {}
    }

    @Test
    void takesTheDefaults() {
        assertThat(declared("plain"))
                .isEqualTo(new Declaration(
                        "@FaultTest on FixturesTestCase.plain",
                        "FixturesTestCase.plain",
                        EnumSet.complementOf(EnumSet.of(Fault.DROP, Fault.POISON)),
                        EnumSet.noneOf(Fault.class),
                        -1,
                        false,
                        -1,
                        "",
                        ""));
    }

    @Test
    void passesAttributesOn() {
        Declaration declared = declared("atLeastOnce");

        assertThat(declared.where()).isEqualTo("@AtLeastOnceTest on FixturesTestCase.atLeastOnce");
        assertThat(declared.faults()).containsExactly(Fault.DUPLICATE, Fault.REDELIVERY, Fault.CRASH);
        assertThat(declared.maxFaults()).isEqualTo(3);
    }

    @Test
    void passesAttributesOnThroughSeveralAnnotations() {
        Declaration declared = declared("quick");

        assertThat(declared.faults()).containsExactly(Fault.DUPLICATE, Fault.REDELIVERY, Fault.CRASH);
        assertThat(declared.maxFaults()).isEqualTo(1);
        assertThat(declared.maxRuns()).isEqualTo(10);
        assertThat(declared.timeout()).isEqualTo("1m");
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
        assertThat(declared("named").required()).containsExactly(Fault.CRASH);
    }

    @Test
    void ignoresAnAttributeOfAnotherType() {
        assertThat(declared("odd").maxFaults()).isEqualTo(1);
    }

    private static Declaration declared(String method) {
        try {
            return Declaration.of(FixturesTestCase.class.getDeclaredMethod(method));
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }
}
