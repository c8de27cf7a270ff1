package io.github.atleastonce.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedScheduleTests {

    static final ChoicePoint A = Place.of("a", "crash");
    static final ChoicePoint B = Place.of("b", "duplicate", "redelivery 2");

    /** Explores A, B with one fault, and returns the plan that goes back by 2 at B. */
    private static Plan secondOptionOfB() {
        Explorer explorer = new Explorer(1);
        Plan plan = null;
        for (int i = 0; i < 4; i++) {
            plan = explorer.next().orElseThrow();
            PlannedSchedule schedule = plan.schedule(1);
            ExplorerTests.Body.meets(A, B).perform(schedule);
            explorer.completed(schedule.trace());
        }
        assertThat(plan).extracting(Plan::token).hasToString("1:redelivery(b,2)");
        return plan;
    }

    @Test
    void isArmedUntilTheFaultsAreSpent() {
        PlannedSchedule schedule = secondOptionOfB().schedule(1);
        assertThat(schedule.armed()).isTrue();
        assertThat(schedule.choose(A)).isZero();
        assertThat(schedule.armed()).isTrue();
        assertThat(schedule.choose(B)).isEqualTo(2);
        assertThat(schedule.armed()).isFalse();
        assertThat(schedule.divergence()).isEmpty();
    }

    @Test
    void staysArmedWhileMoreFaultsAreToBeExplored() {
        PlannedSchedule schedule = secondOptionOfB().schedule(2);
        schedule.choose(A);
        schedule.choose(B);
        assertThat(schedule.armed()).isTrue();
        assertThat(schedule.choose(A)).isZero();
        assertThat(schedule.trace().size()).isEqualTo(3);
    }

    @Test
    void saysThatTheRunCameToAnotherPlace() {
        PlannedSchedule schedule = secondOptionOfB().schedule(1);
        schedule.choose(A);
        assertThat(schedule.choose(Place.of("c", "redelivery 2"))).isZero();
        assertThat(schedule.divergence())
                .contains("step 1 of 1, redelivery(b,2), was not met: the run came to c instead, with redelivery(c,2)");
    }

    @Test
    void saysThatThePlaceOfferedLess() {
        PlannedSchedule schedule = secondOptionOfB().schedule(1);
        schedule.choose(A);
        assertThat(schedule.choose(Place.of("b", "duplicate"))).isZero();
        assertThat(schedule.divergence())
                .contains("step 1 of 1, redelivery(b,2), was not met: the run came to b instead, with duplicate(b)");
    }

    @Test
    void saysThatThePlaceOfferedSomethingElse() {
        PlannedSchedule schedule = secondOptionOfB().schedule(1);
        schedule.choose(A);
        assertThat(schedule.choose(Place.of("b", "duplicate", "redelivery 3"))).isZero();
        assertThat(schedule.divergence())
                .contains("step 1 of 1, redelivery(b,2), was not met: the run came to b instead, "
                        + "with duplicate(b), redelivery(b,3)");
    }

    /** Nearly all runs are read about by nobody. */
    @Test
    void isFollowedWithoutWordsForPeople() {
        Option untold = new Option(Fault.CRASH, "", () -> {
            throw new AssertionError("Asked for words.");
        });
        ChoicePoint point = new Place("quiet", List.of(untold));
        Explorer explorer = new Explorer(2);
        int followed = 0;
        for (var plan = explorer.next(); plan.isPresent(); plan = explorer.next()) {
            PlannedSchedule schedule = plan.get().schedule(2);
            ExplorerTests.Body.meets(point, point).perform(schedule);
            assertThat(schedule.divergence()).isEmpty();
            explorer.completed(schedule.trace());
            followed++;
        }
        assertThat(followed).isEqualTo(4);
    }

    @Test
    void saysThatTheRunEndedBefore() {
        PlannedSchedule schedule = secondOptionOfB().schedule(1);
        schedule.choose(A);
        assertThat(schedule.divergence())
                .contains("step 1 of 1, redelivery(b,2), was not met: the run ended before it");
    }
}
