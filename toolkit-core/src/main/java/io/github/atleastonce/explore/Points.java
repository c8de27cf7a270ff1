package io.github.atleastonce.explore;

import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Option;
import io.github.atleastonce.schedule.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The choice points that runs come to, each with a number: equal ones have the same. */
final class Points {

    private static final char END = '\u001f';

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<ChoicePoint> points = new ArrayList<>();

    /** Returns the numbers of the points that a run has come to, from one on. */
    int[] of(Trace trace, int first) {
        int[] met = new int[Math.max(0, trace.size() - first)];
        for (int i = 0; i < met.length; i++) {
            ChoicePoint point = trace.point(first + i);
            Integer number = numbers.putIfAbsent(text(point), points.size());
            if (number == null) {
                points.add(point);
            }
            met[i] = number == null ? points.size() - 1 : number;
        }
        return met;
    }

    int options(int number) {
        return points.get(number).options();
    }

    String name(int number) {
        return points.get(number).name();
    }

    /** Returns a trace that comes to some points, where nothing goes wrong. */
    Trace trace(int[] met) {
        Trace trace = new Trace();
        for (int number : met) {
            trace.add(points.get(number), 0);
        }
        return trace;
    }

    private static String text(ChoicePoint point) {
        StringBuilder text = new StringBuilder(point.name());
        for (int choice = 1; choice <= point.options(); choice++) {
            Option option = point.option(choice);
            text.append(END).append(option.fault()).append(END).append(option.argument());
        }
        return text.toString();
    }
}
