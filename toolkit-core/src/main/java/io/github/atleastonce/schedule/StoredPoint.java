package io.github.atleastonce.schedule;

import java.util.List;

/** A choice point as an explorer keeps it: the strings that tell it from others, each once. Words are asked of the point that was met first. */
final class StoredPoint implements ChoicePoint {

    private final String name;
    private final Option[] options;

    /**
     * An option without its words.
     *
     * @param fault what goes wrong
     * @param argument what tells it from others of the same fault at the same point
     */
    record Argued(Fault fault, String argument) {}

    StoredPoint(String name, List<Argued> faults, ChoicePoint met) {
        this.name = name;
        this.options = new Option[faults.size()];
        for (int i = 0; i < options.length; i++) {
            int choice = i + 1;
            Argued argued = faults.get(i);
            options[i] = new Option(
                    argued.fault(), argued.argument(), () -> met.option(choice).phrase());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int options() {
        return options.length;
    }

    @Override
    public Option option(int choice) {
        return options[choice - 1];
    }
}
