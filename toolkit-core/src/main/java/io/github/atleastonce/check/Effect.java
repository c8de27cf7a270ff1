package io.github.atleastonce.check;

import io.github.atleastonce.scenario.Scenario;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.assertj.core.api.AssertProvider;

/**
 * What the messages of a scenario have brought about. Hand it to AssertJ's {@code assertThat}.
 *
 * <pre>{@code
 * assertThat(Effect.of(scenario, () -> rows("SELECT * FROM account"))).isAsWithoutFaults();
 * }</pre>
 *
 * <p>Used on the thread of the test.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Effect implements AssertProvider<EffectAssert> {

    private final Scenario scenario;
    private final Supplier<?> view;

    private Effect(Scenario scenario, Supplier<?> view) {
        this.scenario = scenario;
        this.view = view;
    }

    /**
     * Looks at an effect.
     *
     * @param scenario the scenario
     * @param view gives the state as a value, for example the rows of a table; it must not hold what varies from run to run, nor
     *     what a duplicate may legally raise, such as the number of messages sent
     * @return what to assert about
     */
    public static Effect of(Scenario scenario, Supplier<?> view) {
        return new Effect(scenario, view);
    }

    Scenario scenario() {
        return scenario;
    }

    Supplier<?> view() {
        return view;
    }

    @Override
    public EffectAssert assertThat() {
        return new EffectAssert(this);
    }

    @Override
    public String toString() {
        return "the effect";
    }
}
