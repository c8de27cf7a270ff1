package io.github.atleastonce.report;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;

/** Of two classes of one name. */
public class NamesakeTestCase {

    @FaultTest(faults = Fault.DUPLICATE, maxRuns = 2)
    void isBoundedTooTightly(Scenario scenario) {
        scenario.consumer("shop", "orders", String.class, order -> {});
        scenario.channel("orders").send("o-1", "A");
        scenario.settle();
    }
}
