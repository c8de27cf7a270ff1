package io.github.atleastonce.examples.process;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.process.PostgreSqlEntrance;
import io.github.atleastonce.process.ServiceProcess;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;
import org.junit.jupiter.api.condition.EnabledIf;

/** The service in Python, with librdkafka and libpq. */
@EnabledIf("io.github.atleastonce.examples.process.Scripts#runOnPython")
class PythonCreditTests extends CreditTestCase {

    /** After a commit whose connection broke kafkajs commits no more until the next message has come; librdkafka does. */
    @FaultTest(faults = Fault.BROKER_UNAVAILABLE, bounds = "settleTimeout=60s")
    void thoughTheBrokerIsAway(Scenario scenario) throws SQLException {
        reservesCreditOnce(scenario);
    }

    @Override
    ServiceProcess service(Life life, PostgreSqlEntrance database) {
        return Scripts.python(life, "credit.py", database);
    }
}
