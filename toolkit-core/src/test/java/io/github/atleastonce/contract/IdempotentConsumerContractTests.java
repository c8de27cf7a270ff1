package io.github.atleastonce.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class IdempotentConsumerContractTests {

    /** A consumer that remembers what it has handled: in one step with the effect, or after it. */
    private static final class Deposits extends IdempotentConsumerContract {

        private final boolean inOneStep;
        private final Set<String> handled = new HashSet<>();
        private int balance;

        Deposits(boolean inOneStep) {
            this.inOneStep = inOneStep;
        }

        @Override
        protected void consumer(Scenario scenario) {
            scenario.reset(() -> {
                handled.clear();
                balance = 0;
            });
            scenario.service("bank", life -> {
                life.subscribe("deposits", Integer.class, amount -> handle(life, amount));
                return this;
            });
        }

        private void handle(Life life, int amount) {
            if (handled.contains("d-" + amount)) {
                return;
            }
            balance += amount;
            if (!inOneStep) {
                life.step("add");
            }
            handled.add("d-" + amount);
            life.step("remember");
        }

        @Override
        protected void messages(Scenario scenario) {
            scenario.channel("deposits").send("d-1", 10);
            scenario.channel("deposits").send("d-2", 20);
        }

        @Override
        protected Object effect() {
            return balance;
        }
    }

    @Test
    void aSoundConsumerKeepsIt() {
        assertThat(broken(new Deposits(true))).isEmpty();
    }

    @Test
    void aMarkerApartFromItsEffectBreaksIt() {
        assertThat(broken(new Deposits(false)))
                .containsExactly(
                        "has its effect once under CONCURRENT",
                        "has its effect once under CRASH",
                        "has its effect once under all of them");
    }

    private static List<String> broken(IdempotentConsumerContract contract) {
        List<String> broken = new ArrayList<>();
        contract.contract().forEach(test -> {
            try {
                test.getExecutable().execute();
            } catch (TestAbortedException noPlace) {
                assertThat(test.getDisplayName()).endsWith("CONNECTION_LOST");
            } catch (Throwable failure) {
                broken.add(test.getDisplayName());
            }
        });
        return broken;
    }
}
