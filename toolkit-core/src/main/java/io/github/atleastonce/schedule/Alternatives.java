package io.github.atleastonce.schedule;

import org.apiguardian.api.API;

/**
 * A choice point whose options each stand for something that the caller does. Like every point it must not hold on to a run,
 * and builds nothing before it is asked.
 *
 * @param <T> what an option stands for
 */
@API(status = API.Status.INTERNAL)
public interface Alternatives<T> extends ChoicePoint {

    /**
     * Returns what one of the options stands for.
     *
     * @param choice the number of the option, from 1 to {@link #options()}
     * @return its meaning
     */
    T alternative(int choice);
}
