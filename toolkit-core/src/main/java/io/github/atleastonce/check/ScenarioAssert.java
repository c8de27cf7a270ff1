package io.github.atleastonce.check;

import io.github.atleastonce.scenario.Scenario;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Asserts about a scenario as a whole. */
public final class ScenarioAssert extends AbstractAssert<ScenarioAssert, Scenario> {

    ScenarioAssert(Scenario actual) {
        super(actual, ScenarioAssert.class);
    }

    /**
     * Verifies that, once all is quiet, some state is what it is after the fault-free run of the same messages: each had
     * its effect once. The state must not hold what varies from run to run, nor what a duplicate may legally raise, such as the
     * number of messages sent.
     *
     * @param view gives the state as a value, for example the rows of a table
     * @return this
     */
    public ScenarioAssert hasTheSameEffectAsWithoutFaults(Supplier<?> view) {
        actual.settle();
        Object now = view.get();
        Assertions.assertThat(now)
                .as("the effect, compared with the fault-free run")
                .isEqualTo(actual.run().baseline().of("the effect", now));
        return this;
    }
}
