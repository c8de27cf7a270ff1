package io.github.atleastonce.junit;

import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;

/** Of two classes of one name. */
class NamesakeTestCase {

    @FaultTest(faults = Fault.DUPLICATE, maxRuns = 2)
    void isBoundedTooTightly(Scenario scenario) {
        scenario.consumer("shop", "orders", String.class, order -> {});
        scenario.channel("orders").send("o-1", "A");
        scenario.settle();
    }
}
