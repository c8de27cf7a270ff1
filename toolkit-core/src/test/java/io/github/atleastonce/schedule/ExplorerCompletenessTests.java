package io.github.atleastonce.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the explorer with a plain enumeration, on small trees that are drawn by a seed. */
class ExplorerCompletenessTests {

    private static final int TREES = 150;
    private static final int DEPTH = 6;

    /** A body that is a function of the choices before: how many options come next, 0 for the end. */
    private record Tree(long seed) {

        int options(List<Integer> choices) {
            if (choices.size() == DEPTH) {
                return 0;
            }
            Random random = new Random(seed * 31 + choices.hashCode());
            random.nextInt();
            return random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(3);
        }

        /** Lists every sequence of choices with up to a number of faults. */
        List<List<Integer>> enumerate(int maxFaults) {
            List<List<Integer>> all = new ArrayList<>();
            enumerate(List.of(), maxFaults, all);
            return all;
        }

        private void enumerate(List<Integer> choices, int left, List<List<Integer>> all) {
            int options = options(choices);
            if (options == 0) {
                all.add(choices);
                return;
            }
            for (int choice = 0; choice <= (left == 0 ? 0 : options); choice++) {
                List<Integer> longer = new ArrayList<>(choices);
                longer.add(choice);
                enumerate(longer, choice == 0 ? left : left - 1, all);
            }
        }

        /** Runs on after the faults are spent, as a body does; without asking. */
        List<Integer> run(Schedule schedule) {
            List<Integer> choices = new ArrayList<>();
            for (int options = options(choices); options > 0; options = options(choices)) {
                String[] faults = new String[options];
                for (int i = 0; i < options; i++) {
                    faults[i] = "reorder " + i % 2;
                }
                choices.add(schedule.armed() ? schedule.choose(Place.of("p" + choices.size() % 2, faults)) : 0);
            }
            return choices;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void takesEachSequenceOfChoicesExactlyOnceAndCountsRight(int maxFaults) {
        for (long seed = 1; seed <= TREES; seed++) {
            Tree tree = new Tree(seed);
            List<List<Integer>> expected = tree.enumerate(maxFaults);
            List<List<Integer>> taken = new ArrayList<>();
            long[] wanted = new long[maxFaults + 1];
            expected.forEach(choices -> wanted[faults(choices)]++);
            long[] done = new long[maxFaults + 1];
            Explorer explorer = new Explorer(maxFaults);
            for (var next = explorer.next(); next.isPresent(); next = explorer.next()) {
                assertCounts(explorer, wanted, done);
                PlannedSchedule schedule = next.get().schedule(maxFaults);
                List<Integer> choices = tree.run(schedule);
                assertThat(schedule.divergence()).isEmpty();
                assertThat(faults(choices)).isEqualTo(next.get().faults()).isEqualTo(explorer.faults());
                assertReplays(tree, next.get().token(), choices);
                taken.add(choices);
                done[faults(choices)]++;
                explorer.completed(schedule.trace());
                assertCounts(explorer, wanted, done);
            }
            assertThat(taken).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(taken.stream().map(ExplorerCompletenessTests::faults)).isSorted();
            assertThat(explorer.exhausted()).isEqualTo(maxFaults);
        }
    }

    private static void assertReplays(Tree tree, ScheduleToken token, List<Integer> choices) {
        ReplaySchedule replay = ScheduleToken.parse(token.toString()).schedule();
        assertThat(tree.run(replay)).isEqualTo(choices);
        assertThat(replay.divergence()).isEmpty();
    }

    /** How many sequences there are, and how many were taken, for each number of faults. */
    private static void assertCounts(Explorer explorer, long[] wanted, long[] done) {
        int exhausted = -1;
        while (exhausted < wanted.length - 1 && done[exhausted + 1] == wanted[exhausted + 1]) {
            exhausted++;
        }
        assertThat(explorer.exhausted()).isEqualTo(exhausted);
        for (int faults = 0; faults < wanted.length; faults++) {
            assertThat(explorer.runs(faults)).isEqualTo(done[faults]);
            if (faults <= exhausted + 1) {
                assertThat(explorer.schedules(faults)).isEqualTo(wanted[faults]);
            }
        }
    }

    private static int faults(List<Integer> choices) {
        return (int) choices.stream().filter(choice -> choice > 0).count();
    }

    /** Parts of an exploration know nothing of each other, and yet each schedule but the fault-free one is in exactly one of them. */
    @ParameterizedTest
    @ValueSource(ints = {2, 7})
    void partsTakeEachSequenceOfChoicesExactlyOnce(int of) {
        for (long seed = 1; seed <= TREES / 5; seed++) {
            Tree tree = new Tree(seed);
            Map<List<Integer>, List<Integer>> order = new LinkedHashMap<>();
            List<List<Integer>> taken = new ArrayList<>();
            for (int number = 1; number <= of; number++) {
                Explorer explorer = new Explorer(2, new Shard(number, of));
                long first = 0;
                for (var next = explorer.next(); next.isPresent(); next = explorer.next()) {
                    PlannedSchedule schedule = next.get().schedule(2);
                    List<Integer> choices = tree.run(schedule);
                    if (next.get().faults() > 0) {
                        taken.add(choices);
                        order.put(explorer.order(), choices);
                    }
                    explorer.completed(schedule.trace());
                    first = explorer.firstFaults();
                }
                assertThat(explorer.exhausted()).isEqualTo(2);
                assertThat(explorer.isDone()).isTrue();
                assertThat(explorer.schedules(1)).isEqualTo(new Shard(number, of).share(first));
            }
            List<List<Integer>> one = new ArrayList<>();
            Explorer explorer = new Explorer(2);
            for (var next = explorer.next(); next.isPresent(); next = explorer.next()) {
                PlannedSchedule schedule = next.get().schedule(2);
                one.add(tree.run(schedule));
                explorer.completed(schedule.trace());
            }
            assertThat(taken).containsExactlyInAnyOrderElementsOf(one.subList(1, one.size()));
            assertThat(order.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey(Comparator.<List<Integer>>comparingInt(List::size)
                                    .thenComparing(ExplorerCompletenessTests::compare)))
                            .map(Map.Entry::getValue))
                    .containsExactlyElementsOf(one.subList(1, one.size()));
        }
    }

    private static int compare(List<Integer> some, List<Integer> others) {
        for (int i = 0; i < some.size(); i++) {
            if (!some.get(i).equals(others.get(i))) {
                return some.get(i) - others.get(i);
            }
        }
        return 0;
    }
}
