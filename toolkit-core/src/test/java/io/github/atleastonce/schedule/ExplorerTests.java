package io.github.atleastonce.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ExplorerTests {

    static final ChoicePoint A = Place.of("a", "crash");
    static final ChoicePoint B = Place.of("b", "duplicate", "redelivery 2");
    static final ChoicePoint C = Place.of("c", "delay");

    @Test
    void runsTheFaultFreeScheduleThenOneFaultThenTwo() {
        // 0 faults: –
        // 1 fault:  a;  b duplicated;  b gone back by 2
        // 2 faults: a, b duplicated;  a, b gone back by 2
        assertThat(explore(2, Body.meets(A, B)))
                .containsExactly(
                        "1:",
                        "1:crash(a)",
                        "1:duplicate(b)",
                        "1:redelivery(b,2)",
                        "1:crash(a)+duplicate(b)",
                        "1:crash(a)+redelivery(b,2)");
    }

    @Test
    void stopsAtTheNumberOfFaults() {
        // 0 faults: –
        assertThat(explore(0, Body.meets(A, B))).containsExactly("1:");
        // 1 fault: a; b duplicated; b gone back by 2
        assertThat(explore(1, Body.meets(A, B)))
                .containsExactly("1:", "1:crash(a)", "1:duplicate(b)", "1:redelivery(b,2)");
    }

    @Test
    void findsPlacesThatAreMetOnlyAfterAFault() {
        // after the fault at a the run comes to c, and after the fault at c to b
        Body body = schedule -> {
            if (schedule.choose(A) == 1 && schedule.armed() && schedule.choose(C) == 1 && schedule.armed()) {
                schedule.choose(B);
            }
        };
        // 0 faults: –
        // 1 fault:  a
        // 2 faults: a, c
        // 3 faults: a, c, b duplicated;  a, c, b gone back by 2
        assertThat(explore(3, body))
                .containsExactly(
                        "1:",
                        "1:crash(a)",
                        "1:crash(a)+delay(c)",
                        "1:crash(a)+delay(c)+duplicate(b)",
                        "1:crash(a)+delay(c)+redelivery(b,2)");
    }

    @Test
    void losesPlacesThatAFaultTakesAway() {
        Body body = schedule -> {
            if (schedule.choose(A) == 0 && schedule.armed()) {
                schedule.choose(C);
            }
        };
        // 0 faults: –
        // 1 fault:  a;  c
        // 2 faults: none, since c is not met after a
        assertThat(explore(2, body)).containsExactly("1:", "1:crash(a)", "1:delay(c)");
    }

    @Test
    void tellsPlacesOfOneNameByTheirOccurrence() {
        // 0 faults: –
        // 1 fault:  the first a;  the second;  the third
        // 2 faults: 1st and 2nd;  1st and 3rd;  2nd and 3rd
        assertThat(explore(2, Body.meets(A, A, A)))
                .containsExactly(
                        "1:",
                        "1:crash(a)",
                        "1:crash(a)~2",
                        "1:crash(a)~3",
                        "1:crash(a)+crash(a)~2",
                        "1:crash(a)+crash(a)~3",
                        "1:crash(a)~2+crash(a)~3");
    }

    @Test
    void tellsEqualOptionsOfOnePlaceByTheirOccurrence() {
        ChoicePoint twins = Place.of("p", "reorder m", "reorder m", "reorder n");
        assertThat(explore(1, Body.meets(twins, twins)))
                .containsExactly(
                        "1:",
                        "1:reorder(p,m)",
                        "1:reorder(p,n)",
                        "1:reorder(p,m)~2",
                        "1:reorder(p,m)~3",
                        "1:reorder(p,m)~4",
                        "1:reorder(p,n)~2");
    }

    @Test
    void takesOneOfEachKindOfFaultFirst() {
        ChoicePoint first = Place.of("s<orders[k1]/commit", "crash");
        ChoicePoint second = Place.of("s<orders[k2]/commit", "crash");
        ChoicePoint sent = Place.of("s<orders[k2]/send", "crash");
        // 1 fault:  at the first commit;  at the send;  and the second commit again, which is a repeat
        // 2 faults: no repeat: commit and commit, commit and send; one repeat: of them none is left in what follows the
        // first commit;
        //           behind the second commit, which is a repeat itself, the send is new
        assertThat(explore(2, Body.meets(first, second, sent)))
                .containsExactly(
                        "1:",
                        "1:crash(s<orders[k1]/commit)",
                        "1:crash(s<orders[k2]/send)",
                        "1:crash(s<orders[k2]/commit)",
                        "1:crash(s<orders[k1]/commit)+crash(s<orders[k2]/commit)",
                        "1:crash(s<orders[k1]/commit)+crash(s<orders[k2]/send)",
                        "1:crash(s<orders[k2]/commit)+crash(s<orders[k2]/send)");
    }

    @Test
    void takesThoseWithFewerRepeatsFirst() {
        // 2 faults: no repeat: the first a with the second, the first b with the second
        //           one: the first a with the third; the second with the third
        assertThat(explore(2, Body.meets(A, A, A, C, C)))
                .containsSubsequence(
                        "1:crash(a)+crash(a)~2",
                        "1:crash(a)+delay(c)",
                        "1:delay(c)+delay(c)~2",
                        "1:crash(a)+crash(a)~3",
                        "1:crash(a)+delay(c)~2",
                        "1:crash(a)~2+crash(a)~3",
                        "1:crash(a)~2+delay(c)",
                        "1:crash(a)~2+delay(c)~2");
    }

    @Test
    void tellsKindsOfFaultsByWhatMessagesAreToEachOther() {
        assertThat(kind("s<orders[k1]/commit", ""))
                .isEqualTo(kind("s<orders[k7]/commit", ""))
                .isNotEqualTo(kind("s<orders[k1.2]/commit", ""))
                .isNotEqualTo(kind("s<orders[k1]/insert", ""))
                .isNotEqualTo(kind("s<orders[k1]/commit", "done"))
                .isNotEqualTo(kind("t<orders[k1]/commit", ""));
        assertThat(kind("s<orders[k1]", "s<orders[k1.2]"))
                .isEqualTo(kind("s<orders[k2]", "s<orders[k2.3]"))
                .isNotEqualTo(kind("s<orders[k1]", "s<orders[k2.2]"));
        assertThat(kind("orders#1/commit", ""))
                .isEqualTo(kind("orders#12/commit", ""))
                .isNotEqualTo(kind("orders#1/insert", ""));
        assertThat(Kinds.kind(Fault.CRASH, "a", "")).isNotEqualTo(Kinds.kind(Fault.DELAY, "a", ""));
    }

    private static String kind(String name, String argument) {
        return Kinds.kind(Fault.CRASH, name, argument);
    }

    @Test
    void keepsItsOrder() {
        Body body = Body.meets(A, B, C, A, B);
        assertThat(explore(3, body)).isEqualTo(explore(3, body)).doesNotHaveDuplicates();
    }

    @Test
    void nameEachPlanForPeople() {
        List<String> names = new ArrayList<>();
        explore(2, Body.meets(A, B), plan -> names.add(String.join("; ", plan.phrases())));
        assertThat(names)
                .containsExactly(
                        "",
                        "crash happens",
                        "duplicate happens",
                        "redelivery 2 happens",
                        "crash happens; duplicate happens",
                        "crash happens; redelivery 2 happens");
    }

    @Test
    void knowsAtEveryMomentWhatWasRun() {
        Explorer explorer = new Explorer(2);
        Body body = Body.meets(A, B);
        List<String> moments = new ArrayList<>();
        moments.add(moment(explorer));
        for (var plan = explorer.next(); plan.isPresent(); plan = explorer.next()) {
            moments.add(moment(explorer));
            PlannedSchedule schedule = plan.get().schedule(2);
            body.perform(schedule);
            explorer.completed(schedule.trace());
            moments.add(moment(explorer));
        }
        moments.add(moment(explorer));
        assertThat(moments)
                .containsExactly(
                        "≤ -1; 0 of 0, 0 of 0, 0 of 0",
                        "≤ -1; 0 of 1, 0 of 0, 0 of 0",
                        "≤ 0; 1 of 1, 0 of 3, 0 of 0",
                        "≤ 0; 1 of 1, 0 of 3, 0 of 0",
                        "≤ 0; 1 of 1, 1 of 3, 0 of 2",
                        "≤ 0; 1 of 1, 1 of 3, 0 of 2",
                        "≤ 0; 1 of 1, 2 of 3, 0 of 2",
                        "≤ 0; 1 of 1, 2 of 3, 0 of 2",
                        "≤ 1; 1 of 1, 3 of 3, 0 of 2",
                        "≤ 1; 1 of 1, 3 of 3, 0 of 2",
                        "≤ 1; 1 of 1, 3 of 3, 1 of 2",
                        "≤ 1; 1 of 1, 3 of 3, 1 of 2",
                        "≤ 2; 1 of 1, 3 of 3, 2 of 2",
                        "≤ 2; 1 of 1, 3 of 3, 2 of 2");
    }

    @Test
    void buildsNoPlaceOnceTheFaultsAreSpent() {
        List<String> built = new ArrayList<>();
        Body body = schedule -> {
            for (String name : List.of("a", "b", "c")) {
                if (schedule.armed()) {
                    built.add(name);
                    schedule.choose(Place.of(name, "crash"));
                }
            }
        };
        explore(1, body, plan -> built.add(plan.token() + " met"));
        assertThat(built)
                .containsExactly(
                        "1: met",
                        "a",
                        "b",
                        "c",
                        "1:crash(a) met",
                        "a",
                        "1:crash(b) met",
                        "a",
                        "b",
                        "1:crash(c) met",
                        "a",
                        "b",
                        "c");
    }

    @Test
    void refusesToBeDrivenInAWrongOrder() {
        Explorer explorer = new Explorer(1);
        assertThatThrownBy(() -> explorer.completed(new Trace())).hasMessage("There is no schedule to complete.");
        assertThat(explorer.next()).isPresent();
        assertThatThrownBy(explorer::next).hasMessage("The schedule before this one has not been completed.");
        assertThatThrownBy(() -> new Explorer(-1)).hasMessage("maxFaults must be at least 0, but was -1.");
    }

    private static String moment(Explorer explorer) {
        return "≤ %d; %d of %d, %d of %d, %d of %d"
                .formatted(
                        explorer.exhausted(),
                        explorer.runs(0),
                        explorer.schedules(0),
                        explorer.runs(1),
                        explorer.schedules(1),
                        explorer.runs(2),
                        explorer.schedules(2));
    }

    static List<String> explore(int maxFaults, Body body) {
        List<String> tokens = new ArrayList<>();
        explore(maxFaults, body, plan -> tokens.add(plan.token().toString()));
        return tokens;
    }

    static void explore(int maxFaults, Body body, Consumer<Plan> each) {
        Explorer explorer = new Explorer(maxFaults);
        for (var next = explorer.next(); next.isPresent(); next = explorer.next()) {
            Plan plan = next.get();
            each.accept(plan);
            PlannedSchedule schedule = plan.schedule(maxFaults);
            body.perform(schedule);
            assertThat(schedule.divergence()).isEmpty();
            explorer.completed(schedule.trace());
        }
    }

    @FunctionalInterface
    interface Body {

        void perform(Schedule schedule);

        static Body meets(ChoicePoint... points) {
            return schedule -> {
                for (ChoicePoint point : points) {
                    if (schedule.armed()) {
                        schedule.choose(point);
                    }
                }
            };
        }
    }
}
