package io.github.atleastonce.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The places that the runs of an exploration come to, each kept once, since nearly all runs come to the same ones. */
final class Places {

    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<StoredPoint> places = new ArrayList<>();
    private final Kinds kinds = new Kinds();

    /** What a run has come to from some point on, as numbers of places. */
    final class Path {

        private final int first;
        private final int[] numbers;

        private Path(int first, int[] numbers) {
            this.first = first;
            this.numbers = numbers;
        }

        int first() {
            return first;
        }

        /** Returns how many points the run came to in all. */
        int size() {
            return first + numbers.length;
        }

        ChoicePoint point(int index) {
            return places.get(numbers[index - first]);
        }

        /** Returns the number of the kind of fault that an option is. */
        int kind(int index, int choice) {
            return places.get(numbers[index - first]).kind(choice);
        }
    }

    private record Key(String name, List<StoredPoint.Argued> faults) {}

    /** Keeps the points of a run from one on. */
    Path path(Trace trace, int first) {
        int[] met = new int[trace.size() - first];
        for (int i = 0; i < met.length; i++) {
            met[i] = number(trace.point(first + i));
        }
        return new Path(first, met);
    }

    private int number(ChoicePoint point) {
        List<StoredPoint.Argued> faults = new ArrayList<>(point.options());
        for (int choice = 1; choice <= point.options(); choice++) {
            Option option = point.option(choice);
            faults.add(new StoredPoint.Argued(option.fault(), option.argument()));
        }
        Key key = new Key(point.name(), faults);
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        places.add(new StoredPoint(key.name(), faults, point, kinds));
        numbers.put(key, places.size() - 1);
        return places.size() - 1;
    }
}
