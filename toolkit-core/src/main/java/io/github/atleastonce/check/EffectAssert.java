package io.github.atleastonce.check;

import io.github.atleastonce.explore.Baseline;
import io.github.atleastonce.scenario.ScenarioRun;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Asserts about what the messages of a scenario have brought about. */
@API(status = API.Status.EXPERIMENTAL)
public final class EffectAssert extends AbstractAssert<EffectAssert, Effect> {

    EffectAssert(Effect actual) {
        super(actual, EffectAssert.class);
    }

    /**
     * Verifies that, once all is quiet, the state is what it is after the fault-free run of the same messages: each had its
     * effect once.
     *
     * @return this
     */
    public EffectAssert isAsWithoutFaults() {
        actual.scenario().settle();
        Object now = actual.view().get();
        Assertions.assertThat(now)
                .as("the effect, compared with the fault-free run")
                .isEqualTo(Baseline.of(ScenarioRun.of(actual.scenario())).of("the effect", now));
        return this;
    }
}
