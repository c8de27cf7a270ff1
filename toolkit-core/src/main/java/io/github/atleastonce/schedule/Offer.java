package io.github.atleastonce.schedule;

import java.util.List;
import org.apiguardian.api.API;

/**
 * Something that may go wrong, and what it does.
 *
 * @param option what goes wrong
 * @param effect lets it happen
 */
@API(status = API.Status.INTERNAL)
public record Offer(Option option, Runnable effect) {

    /**
     * Makes the choice point of several offers, which keeps their options and not their effects.
     *
     * @param place the name of the place
     * @param offers what may happen there
     * @return the point
     */
    public static ChoicePoint point(String place, List<Offer> offers) {
        Option[] options = new Option[offers.size()];
        for (int i = 0; i < options.length; i++) {
            options[i] = offers.get(i).option();
        }
        return new Place(place, options);
    }

    private static final class Place implements ChoicePoint {

        private final String name;
        private final Option[] all;

        Place(String name, Option[] all) {
            this.name = name;
            this.all = all;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int options() {
            return all.length;
        }

        @Override
        public Option option(int choice) {
            return all[choice - 1];
        }
    }
}
