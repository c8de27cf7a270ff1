package io.github.atleastonce.schedule;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/** The choice points that a run has met while a fault could still be chosen, in order, and what was chosen at each. */
@API(status = API.Status.INTERNAL)
public final class Trace {

    private ChoicePoint[] points = new ChoicePoint[16];
    private int[] choices = new int[16];
    private int size;

    Trace() {}

    void add(ChoicePoint point, int choice) {
        if (size == points.length) {
            points = java.util.Arrays.copyOf(points, size * 2);
            choices = java.util.Arrays.copyOf(choices, size * 2);
        }
        points[size] = point;
        choices[size++] = choice;
    }

    /**
     * Returns how many points were met.
     *
     * @return the number of points
     */
    public int size() {
        return size;
    }

    /**
     * Returns a point.
     *
     * @param index from 0 to {@link #size()} − 1
     * @return the point met there
     */
    public ChoicePoint point(int index) {
        return points[index];
    }

    /**
     * Returns what was chosen at a point.
     *
     * @param index from 0 to {@link #size()} − 1
     * @return 0 for no fault, else the number of the option
     */
    public int choice(int index) {
        return choices[index];
    }

    /**
     * Returns the faults that were chosen, named so that a token can replay them.
     *
     * @return the deviations in order
     */
    public List<Deviation> deviations() {
        List<Deviation> deviations = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (choices[i] > 0) {
                deviations.add(deviation(i, choices[i]));
            }
        }
        return deviations;
    }

    /**
     * Returns the faults that were chosen in words for people.
     *
     * @return the phrases of the options, in order
     */
    public List<String> phrases() {
        List<String> phrases = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (choices[i] > 0) {
                phrases.add(points[i].option(choices[i]).phrase());
            }
        }
        return phrases;
    }

    Deviation deviation(int index, int choice) {
        Deviation first = Deviation.of(points[index], choice, 1);
        return new Deviation(first.fault(), first.point(), first.argument(), offers(first, index, choice) + 1);
    }

    /** Counts how often the very option of a deviation was offered at the points met so far. */
    int offers(Deviation deviation) {
        return offers(deviation, size, 1);
    }

    /** Counts how often it was offered before a choice at a point; equal options of one point are counted one by one. */
    private int offers(Deviation deviation, int index, int choice) {
        int count = 0;
        for (int i = 0; i < index; i++) {
            count += offers(deviation, points[i], points[i].options());
        }
        return index < size ? count + offers(deviation, points[index], choice - 1) : count;
    }

    private static int offers(Deviation deviation, ChoicePoint point, int options) {
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
