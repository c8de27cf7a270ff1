package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import java.util.HashSet;
import java.util.Set;

/** A service that adds amounts up, and the durable state that outlives it: a total, and the ids that it has seen. */
final class Ledger {

    record Deposit(String id, int amount) {}

    private final boolean remembers;
    private final Set<String> seen = new HashSet<>();
    private int total;

    private Ledger(boolean remembers) {
        this.remembers = remembers;
    }

    static Ledger idempotent() {
        return new Ledger(true);
    }

    /** The broken twin: it forgets what it has seen. */
    static Ledger forgetful() {
        return new Ledger(false);
    }

    int total() {
        return total;
    }

    Object boot(Life life) {
        life.subscribe("deposits", Deposit.class, deposit -> {
            if (seen.add(deposit.id()) || !remembers) {
                total += deposit.amount();
            }
            life.step("commit");
        });
        return this;
    }

    /** The body that most fixtures share. */
    void depositsOnce(Scenario scenario) {
        scenario.service("ledger", this::boot);
        scenario.channel("deposits").send("d-1", new Deposit("d-1", 30));
        scenario.settle();
        assertThat(total).isEqualTo(30);
    }
}
