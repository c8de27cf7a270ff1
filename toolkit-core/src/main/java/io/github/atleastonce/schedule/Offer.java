package io.github.atleastonce.schedule;

import java.util.List;

/**
 * Something that may go wrong, and what it does.
 *
 * @param option what goes wrong
 * @param effect lets it happen
 */
public record Offer(Option option, Runnable effect) {

    /**
     * Makes the choice point of several offers, which keeps their options and not their effects.
     *
     * @param place the name of the place
     * @param offers what may happen there
     * @return the point
     */
    public static ChoicePoint point(String place, List<Offer> offers) {
        return new Place(place, offers.stream().map(Offer::option).toList());
    }

    private record Place(String name, List<Option> all) implements ChoicePoint {

        @Override
        public int options() {
            return all.size();
        }

        @Override
        public Option option(int choice) {
            return all.get(choice - 1);
        }
    }
}
