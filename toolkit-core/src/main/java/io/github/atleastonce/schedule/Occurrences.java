package io.github.atleastonce.schedule;

import java.util.function.IntFunction;

/** Counts how often the very same option was offered at the points of a run: what tells a deviation from its likes. */
final class Occurrences {

    private Occurrences() {}

    /** Names the choice of an option at one of the points. */
    static Deviation of(IntFunction<ChoicePoint> points, int index, int choice) {
        Deviation first = Deviation.of(points.apply(index), choice, 1);
        int before = count(first, points, index) + count(first, points.apply(index), choice - 1);
        return new Deviation(first.fault(), first.point(), first.argument(), before + 1);
    }

    /** Counts the offers of an option at the first points; equal options of one point are counted one by one. */
    static int count(Deviation deviation, IntFunction<ChoicePoint> points, int size) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            ChoicePoint point = points.apply(i);
            count += count(deviation, point, point.options());
        }
        return count;
    }

    private static int count(Deviation deviation, ChoicePoint point, int options) {
        String name = point.name();
        if (!name.equals(deviation.point())) {
            return 0;
        }
        int count = 0;
        for (int choice = 1; choice <= options; choice++) {
            if (deviation.isOffered(name, point.option(choice))) {
                count++;
            }
        }
        return count;
    }
}
