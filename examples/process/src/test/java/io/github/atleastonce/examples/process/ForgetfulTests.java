package io.github.atleastonce.examples.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.process.PostgreSqlEntrance;
import io.github.atleastonce.process.ServiceProcess;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lets a record come again finds out a service that does not remember what it has done, whichever client it has. */
class ForgetfulTests {

    abstract static class ForgetfulTestCase extends CreditTestCase {

        @Override
        boolean remembersOrders() {
            return false;
        }

        @Override
        @FaultTest(faults = Fault.CRASH, bounds = "settleTimeout=60s")
        void reservesCreditOnce(Scenario scenario) throws SQLException {
            super.reservesCreditOnce(scenario);
        }

        @FaultTest(faults = Fault.REDELIVERY, bounds = "settleTimeout=60s")
        void thoughItIsToldAgain(Scenario scenario) throws SQLException {
            super.reservesCreditOnce(scenario);
        }

        @FaultTest(faults = Fault.REBALANCE, bounds = "settleTimeout=60s")
        void thoughItsPartitionIsTaken(Scenario scenario) throws SQLException {
            super.reservesCreditOnce(scenario);
        }
    }

    static class OnNodeTestCase extends ForgetfulTestCase {

        @Override
        ServiceProcess service(Life life, PostgreSqlEntrance database) {
            return Scripts.node(life, "credit.js", database);
        }
    }

    static class OnPythonTestCase extends ForgetfulTestCase {

        @Override
        ServiceProcess service(Life life, PostgreSqlEntrance database) {
            return Scripts.python(life, "credit.py", database);
        }
    }

    @TempDir
    Path kept;

    @Test
    @EnabledIf("io.github.atleastonce.examples.process.Scripts#runOnNode")
    void isFoundOutWithKafkajs() {
        assertFoundOut(Stories.of(OnNodeTestCase.class, kept));
    }

    @Test
    @EnabledIf("io.github.atleastonce.examples.process.Scripts#runOnPython")
    void isFoundOutWithLibrdkafka() {
        assertFoundOut(Stories.of(OnPythonTestCase.class, kept));
    }

    private static void assertFoundOut(List<String> stories) {
        assertThat(stories)
                .hasSize(3)
                .anySatisfy(story -> assertThat(story)
                        .contains("✗ CRASH after commit, before acknowledgement")
                        .contains("1:crash(credit<orders[k1]/commit)"))
                .anySatisfy(story -> assertThat(story).contains("1:redelivery(credit<orders[k1]/commit offsets)"))
                .anySatisfy(story -> assertThat(story).contains("1:rebalance(credit<orders[k1]/fetch)"));
    }
}
