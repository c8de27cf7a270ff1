package io.github.atleastonce.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayScheduleTests {

    static final ChoicePoint A = Place.of("a", "crash");
    static final ChoicePoint B = Place.of("b", "duplicate", "redelivery 2");

    private static ReplaySchedule replay(String token) {
        return ScheduleToken.parse(token).schedule();
    }

    @Test
    void takesWhatTheTokenNamesAndNothingElse() {
        ReplaySchedule schedule = replay("1:redelivery(b,2)+crash(a)~2");
        assertThat(schedule.choose(A)).isZero();
        assertThat(schedule.choose(B)).isEqualTo(2);
        assertThat(schedule.armed()).isTrue();
        assertThat(schedule.choose(A)).isEqualTo(1);
        assertThat(schedule.armed()).isFalse();
        assertThat(schedule.choose(A)).isZero();
        assertThat(schedule.divergence()).isEmpty();
        assertThat(schedule.trace().deviations()).hasToString("[redelivery(b,2), crash(a)~2]");
        assertThat(schedule.trace().phrases()).containsExactly("redelivery 2 happens", "crash happens");
    }

    @Test
    void isNeverArmedWithoutAFault() {
        ReplaySchedule schedule = replay("1:");
        assertThat(schedule.armed()).isFalse();
        assertThat(schedule.divergence()).isEmpty();
    }

    @Test
    void saysWhichStepWasNotMetAndWhatWasOfferedInstead() {
        ReplaySchedule schedule = replay("1:crash(a)+delay(c)");
        schedule.choose(B);
        schedule.choose(A);
        schedule.choose(B);
        schedule.choose(A);
        assertThat(schedule.divergence())
                .contains("Step 2 of 2, delay(c), was never met; after step 1 offered were duplicate(b), "
                        + "redelivery(b,2), crash(a).");
    }

    @Test
    void saysThatTheFirstStepWasNotMet() {
        ReplaySchedule schedule = replay("1:crash(a)~2");
        schedule.choose(A);
        assertThat(schedule.divergence())
                .contains("Step 1 of 1, crash(a)~2, was never met; after the start offered were crash(a).");
    }

    @Test
    void saysThatNoFaultWasOffered() {
        assertThat(replay("1:crash(a)").divergence())
                .contains("Step 1 of 1, crash(a), was never met; after the start no fault was offered.");
    }

    @Test
    void showsADozenOfWhatWasOffered() {
        ReplaySchedule schedule = replay("1:crash(x)");
        for (int i = 1; i <= 15; i++) {
            schedule.choose(Place.of("p" + i, "drop"));
        }
        assertThat(schedule.divergence().orElseThrow()).endsWith("drop(p11), drop(p12) and 3 more.");
    }
}
