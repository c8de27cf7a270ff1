package io.github.atleastonce.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Effort;
import org.junit.jupiter.api.Test;

class HeadlineTests {

    @Test
    void countsInTheSingular() {
        assertThat(Headline.of(new Effort.Searched(1, 1, 1, 14, 0, 0)))
                .isEqualTo("Fails under 1 fault. Fault-free run passed; 1 of 14 schedules with 1 fault was run.");
    }

    @Test
    void countsInThePlural() {
        assertThat(Headline.of(new Effort.Searched(1, 1, 9, 14, 0, 0)))
                .isEqualTo("Fails under 1 fault. Fault-free run passed; 9 of 14 schedules with 1 fault were run.");
    }

    @Test
    void oneOfOneIsTheOnlyOne() {
        assertThat(Headline.of(new Effort.Searched(1, 1, 1, 1, 0, 0)))
                .isEqualTo("Fails under 1 fault. Fault-free run passed; the only schedule with 1 fault was run.");
    }

    @Test
    void saysWhatWasExhausted() {
        assertThat(Headline.of(new Effort.Searched(2, 22, 37, 302, 1, 0)))
                .isEqualTo("Fails under 2 faults. Every schedule with ≤ 1 fault passed (22 runs); 37 of 302 schedules "
                        + "with 2 faults were run.");
        assertThat(Headline.of(new Effort.Searched(3, 324, 5, 4000, 2, 0)))
                .contains(
                        "Every schedule with ≤ 2 faults passed (324 runs); 5 of 4000 schedules with 3 faults were run.");
    }

    @Test
    void saysWhatWasDerived() {
        assertThat(Headline.of(new Effort.Searched(2, 15, 4, 240, 1, 5, 0, null)))
                .isEqualTo(
                        "Fails under 2 faults. Every schedule with ≤ 1 fault passed (15 runs, 5 derived); 4 of 240 schedules "
                                + "with 2 faults were run.");
    }

    @Test
    void aSingleScheduleIsNotSaidToBeTheSmallest() {
        assertThat(Headline.of(new Effort.Alone(2, 0)))
                .isEqualTo(
                        "Fails under 2 faults. Fault-free run passed; no other schedule was run, so fewer faults may be enough.");
    }

    @Test
    void aSingleScheduleWithOneFaultIsTheSmallest() {
        assertThat(Headline.of(new Effort.Alone(1, 0)))
                .isEqualTo("Fails under 1 fault. Fault-free run passed; no other schedule was run.");
    }

    @Test
    void saysIfSmallerOnesWereLeftOut() {
        assertThat(Headline.of(new Effort.Searched(3, 22, 1, 9, 1, 0)))
                .endsWith("1 of 9 schedules with 3 faults was run, but not all smaller ones.");
    }

    @Test
    void countsTurnsApartFromFaults() {
        assertThat(Headline.of(new Effort.Searched(3, 13, 5, 9, 2, 2)))
                .isEqualTo(
                        "Fails under 1 fault and 2 turns. Every schedule with fewer of these passed (13 runs); 5 of 9 "
                                + "schedules with that many together were run.");
        assertThat(Headline.of(new Effort.Searched(2, 4, 1, 1, 1, 1)))
                .startsWith("Fails under 1 fault and 1 turn. ")
                .endsWith("; the only schedule with that many together was run.");
    }

    @Test
    void needsNoFault() {
        assertThat(Headline.of(new Effort.FaultFree()))
                .isEqualTo("Fails without any fault; no schedule with a fault was run.");
    }
}
