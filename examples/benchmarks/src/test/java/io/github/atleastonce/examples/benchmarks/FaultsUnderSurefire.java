package io.github.atleastonce.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.AtLeastOnceTest;
import io.github.atleastonce.scenario.Scenario;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Three messages under every schedule with up to two faults, again and again; for {@link SurefireBenchmark}. */
@ParameterizedClass
@MethodSource("io.github.atleastonce.examples.benchmarks.SurefireBenchmark#rounds")
record FaultsUnderSurefire(int round) {

    record Deposit(String id, int amount) {}

    @AtLeastOnceTest
    void addsUpOnce(Scenario scenario) {
        Set<Deposit> seen = new HashSet<>();
        scenario.service("ledger", life -> {
            life.subscribe("deposits", Deposit.class, deposit -> life.step("commit", () -> seen.add(deposit)));
            return seen;
        });
        for (int i = 1; i <= 3; i++) {
            scenario.channel("deposits").send("a-1", new Deposit("d-" + i, i));
        }
        scenario.settle();
        assertThat(seen).hasSize(3);
    }
}
