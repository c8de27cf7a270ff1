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

    /** Begins an empty trace, for a schedule. */
    public Trace() {}

    /**
     * Notes what was chosen at a point.
     *
     * @param point the point that was met
     * @param choice 0 for no fault, else the number of the option
     */
    public void add(ChoicePoint point, int choice) {
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

    private Deviation deviation(int index, int choice) {
        return Occurrences.of(this::point, index, choice);
    }

    /** Counts how often the very option of a deviation was offered at the points met so far. */
    int offers(Deviation deviation) {
        return Occurrences.count(deviation, this::point, size);
    }
}
