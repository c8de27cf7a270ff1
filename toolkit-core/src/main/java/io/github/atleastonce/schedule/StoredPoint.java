package io.github.atleastonce.schedule;

import java.util.List;

/** A choice point as an explorer keeps it: the strings that tell it from others, each once. Words are asked of the point that was met first. */
final class StoredPoint implements ChoicePoint {

    private final String name;
    private final Option[] options;
    private final int[] kinds;

    /**
     * An option without its words.
     *
     * @param fault what goes wrong
     * @param argument what tells it from others of the same fault at the same point
     */
    record Argued(Fault fault, String argument) {}

    StoredPoint(String name, List<Argued> faults, ChoicePoint met, Kinds known) {
        this.name = name;
        this.options = new Option[faults.size()];
        this.kinds = new int[options.length];
        for (int i = 0; i < options.length; i++) {
            int choice = i + 1;
            Argued argued = faults.get(i);
            options[i] = new Option(
                    argued.fault(), argued.argument(), () -> met.option(choice).phrase());
            kinds[i] = known.number(argued.fault(), name, argued.argument());
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

    /** Returns the number of the kind of fault that an option is. */
    int kind(int choice) {
        return kinds[choice - 1];
    }

    @Override
    public Option option(int choice) {
        return options[choice - 1];
    }
}
