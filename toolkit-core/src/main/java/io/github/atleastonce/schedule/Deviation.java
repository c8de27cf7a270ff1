package io.github.atleastonce.schedule;

import org.apiguardian.api.API;

/**
 * One fault of a schedule, named by its cause: what deviates from the fault-free run, and where.
 *
 * @param fault what goes wrong
 * @param point the stable name of the choice point
 * @param argument the argument of the option, empty if it needs none
 * @param occurrence how many times this very option had been offered in the run, this time included; from 1
 */
@API(status = API.Status.INTERNAL)
public record Deviation(Fault fault, String point, String argument, int occurrence) {

    /**
     * Refuses an occurrence below 1.
     *
     * @param fault see above
     * @param point see above
     * @param argument see above
     * @param occurrence see above
     */
    public Deviation {
        if (occurrence < 1) {
            throw new IllegalArgumentException("A deviation's occurrence counts from 1, but was " + occurrence + ".");
        }
    }

    static Deviation of(ChoicePoint point, int choice, int occurrence) {
        Option option = point.option(choice);
        return new Deviation(option.fault(), point.name(), option.argument(), occurrence);
    }

    boolean isOffered(String name, Option option) {
        return option.fault() == fault
                && name.equals(point)
                && option.argument().equals(argument);
    }

    /**
     * Writes this deviation as it stands in a token, for example {@code crash(customers<orders[k1]/commit)}.
     *
     * @return the readable form
     */
    @Override
    public String toString() {
        String inside = argument.isEmpty()
                ? TokenSyntax.escape(point)
                : TokenSyntax.escape(point) + "," + TokenSyntax.escape(argument);
        return fault.word() + "(" + inside + ")" + (occurrence == 1 ? "" : "~" + occurrence);
    }
}
