package io.github.atleastonce.schedule;

import java.util.function.Supplier;
import org.apiguardian.api.API;

/**
 * Describes one fault that may be chosen at a {@link ChoicePoint}. Immutable; builds its strings only when asked, since nearly every
 * run has its faults without anybody reading them.
 */
@API(status = API.Status.INTERNAL)
public final class Option {

    private final Fault fault;
    private final Object argument;
    private final Supplier<String> phrase;

    /**
     * Describes a fault.
     *
     * @param fault what goes wrong
     * @param argument what tells this option from others of the same fault at the same point, by its {@code toString()}; empty where the
     *     fault alone says it
     * @param phrase the words for people; like a point it must not hold on to a run
     */
    public Option(Fault fault, Object argument, Supplier<String> phrase) {
        this.fault = fault;
        this.argument = argument;
        this.phrase = phrase;
    }

    /**
     * Returns what goes wrong.
     *
     * @return the fault
     */
    public Fault fault() {
        return fault;
    }

    /**
     * Tells this option from others of the same fault at the same point.
     *
     * @return names that are stable from run to run; empty where the fault alone says it
     */
    public String argument() {
        return argument.toString();
    }

    /**
     * Returns the option in words for people, with the real keys; never part of a token.
     *
     * @return for example {@code OrderCreated(o-1) delivered twice}
     */
    public String phrase() {
        return phrase.get();
    }
}
