package io.github.atleastonce.schedule;

import java.util.Arrays;
import java.util.List;

/** A choice point of fixed texts; options read {@code crash} or {@code redelivery 2}. */
record Place(String name, List<Option> all) implements ChoicePoint {

    static Place of(String name, String... options) {
        return new Place(name, Arrays.stream(options).map(Place::option).toList());
    }

    private static Option option(String text) {
        int blank = text.indexOf(' ');
        String word = blank < 0 ? text : text.substring(0, blank);
        String argument = blank < 0 ? "" : text.substring(blank + 1);
        return new Option(Fault.valueOf(word.toUpperCase(java.util.Locale.ROOT)), argument, () -> text + " happens");
    }

    @Override
    public int options() {
        return all.size();
    }

    @Override
    public Option option(int choice) {
        return all.get(choice - 1);
    }
}
